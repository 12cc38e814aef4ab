#include <magic.h>

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "storage/beside/blob_store.h"
#include "storage/codec/utf8.h"

namespace duban {
namespace {

struct AcceptedType {
    const char* declared;
    std::vector<std::string> sniffed;  // empty: text
};

const std::vector<AcceptedType>& accepted_types() {
    // A container that is cut off early is only known as a zip or an OLE file.
    static const std::vector<std::string> ole = {"application/msword", "application/vnd.ms-excel",
                                                 "application/vnd.ms-office", "application/CDFV2",
                                                 "application/x-ole-storage"};
    static const std::vector<AcceptedType> types = {
        {"application/pdf", {"application/pdf"}},
        {"image/png", {"image/png"}},
        {"image/jpeg", {"image/jpeg"}},
        {"image/gif", {"image/gif"}},
        {"application/vnd.openxmlformats-officedocument.wordprocessingml.document",
         {"application/vnd.openxmlformats-officedocument.wordprocessingml.document",
          "application/zip"}},
        {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
         {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/zip"}},
        {"application/vnd.openxmlformats-officedocument.presentationml.presentation",
         {"application/vnd.openxmlformats-officedocument.presentationml.presentation",
          "application/zip"}},
        {"application/msword", ole},
        {"application/vnd.ms-excel", ole},
        {"application/ofd", {"application/zip", "application/ofd"}},
        {"application/zip", {"application/zip"}},
        {"text/plain", {}},
        {"text/csv", {}},
        {"video/mp4", {"video/mp4", "video/x-m4v"}},
    };
    return types;
}

std::string accepted_names() {
    std::string names;
    for (const auto& type : accepted_types()) {
        if (!names.empty()) names += ", ";
        names += type.declared;
    }
    return names;
}

tl::unexpected<Error> refused(const std::string& why) {
    return fail(Errc::invalid_argument, why + " Taken are: " + accepted_names() + ".",
                "content-type");
}

std::string without_parameters(const std::string& declared) {
    std::string type = declared.substr(0, declared.find(';'));
    while (!type.empty() && type.back() == ' ') type.pop_back();
    std::transform(type.begin(), type.end(), type.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return type;
}

struct MagicCloser {
    void operator()(magic_set* handle) const { magic_close(handle); }
};

// A handle is not safe for concurrent use and takes milliseconds to load.
magic_set* magic_of_this_thread() {
    thread_local const std::unique_ptr<magic_set, MagicCloser> handle = [] {
        std::unique_ptr<magic_set, MagicCloser> opened(
            magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_TAR));
        if (opened && magic_load(opened.get(), nullptr) != 0) opened.reset();
        return opened;
    }();
    return handle.get();
}

bool is_plain_text(std::string_view bytes) {
    return is_utf8(whole_characters(bytes)) && std::none_of(bytes.begin(), bytes.end(), [](char c) {
               const auto byte = static_cast<unsigned char>(c);
               return byte == 0x7f || (byte < 0x20 && c != '\t' && c != '\n' && c != '\r');
           });
}

}  // namespace

Status check_media_type(const std::string& declared, std::string_view first_bytes) {
    const std::string type = without_parameters(declared);
    const auto& types = accepted_types();
    const auto accepted = std::find_if(types.begin(), types.end(), [&](const AcceptedType& known) {
        return known.declared == type;
    });
    if (accepted == types.end()) return refused("Files of type \"" + type + "\" are not taken.");
    if (accepted->sniffed.empty()) {
        if (is_plain_text(first_bytes)) return {};
        return refused("The file is declared as " + type +
                       " but is not UTF-8 text; save it as UTF-8 and send it again.");
    }
    magic_set* magic = magic_of_this_thread();
    if (magic == nullptr) return fail(Errc::internal, "The table of file types cannot be loaded.");
    const char* found = magic_buffer(magic, first_bytes.data(), first_bytes.size());
    const std::string sniffed = found == nullptr ? "unknown" : found;
    const auto& fitting = accepted->sniffed;
    if (std::find(fitting.begin(), fitting.end(), sniffed) != fitting.end()) return {};
    return refused("The file is declared as " + type + " but its content is " + sniffed + ".");
}

}  // namespace duban
