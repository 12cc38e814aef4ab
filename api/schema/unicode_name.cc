#include "api/schema/unicode_name.h"

#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uspoof.h>

#include <array>

#include "domain/base/text_form.h"

namespace duban {
namespace {

icu::StringPiece piece(std::string_view text) {
    return {text.data(), static_cast<std::int32_t>(text.size())};
}

const icu::Normalizer2& checked(const icu::Normalizer2* normalizer, UErrorCode status) {
    DUBAN_ASSERT(U_SUCCESS(status) && normalizer != nullptr);
    return *normalizer;
}

const icu::Normalizer2& nfc() {
    UErrorCode status = U_ZERO_ERROR;
    const auto* normalizer = icu::Normalizer2::getNFCInstance(status);
    return checked(normalizer, status);
}

const icu::Normalizer2& folded() {
    UErrorCode status = U_ZERO_ERROR;
    const auto* normalizer = icu::Normalizer2::getNFKCCasefoldInstance(status);
    return checked(normalizer, status);
}

const USpoofChecker* spoof_checker() {
    static const USpoofChecker* checker = [] {
        UErrorCode status = U_ZERO_ERROR;
        const USpoofChecker* opened = uspoof_open(&status);
        DUBAN_ASSERT(U_SUCCESS(status));
        return opened;
    }();
    return checker;
}

std::string without_spaces(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        if (!is_space(next_code_point(text, at))) out += text.substr(begin, at - begin);
    }
    return out;
}

}  // namespace

bool is_normal(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const bool normal = nfc().isNormalizedUTF8(piece(text), status) != 0;
    return U_SUCCESS(status) && normal;
}

std::string likeness(std::string_view name) {
    UErrorCode status = U_ZERO_ERROR;
    std::string plain;
    icu::StringByteSink<std::string> sink(&plain);
    folded().normalizeUTF8(0, piece(without_spaces(name)), sink, nullptr, status);
    DUBAN_ASSERT(U_SUCCESS(status));
    std::array<char, 4096> skeleton{};
    const std::int32_t bytes = uspoof_getSkeletonUTF8(
        spoof_checker(), 0, plain.data(), static_cast<std::int32_t>(plain.size()), skeleton.data(),
        static_cast<std::int32_t>(skeleton.size()), &status);
    // A skeleton that does not fit is of no name that is taken.
    if (U_FAILURE(status) || bytes > static_cast<std::int32_t>(skeleton.size())) return plain;
    return {skeleton.data(), static_cast<std::size_t>(bytes)};
}

UnitLikenesses::UnitLikenesses(const Directory& directory) {
    for (const auto& [code, unit] : directory.units)
        by_likeness_.emplace(likeness(unit.name), unit);
}

Status UnitLikenesses::add(const Unit& unit, const std::string& path) {
    const auto [known, added] = by_likeness_.emplace(likeness(unit.name), unit);
    if (added || known->second.code == unit.code) return {};
    return refuse("unit_name_taken",
                  "The name looks like that of the unit " + known->second.code.value + ", " +
                      known->second.name + "; give " + unit.code.value +
                      " one that nobody takes for it.",
                  path + "name");
}

}  // namespace duban
