// Schemas that several method families share.
// Thread-safety: immutable values.
#pragma once

#include "api/schema/schema.h"
#include "domain/base/limits.h"
#include "domain/base/text_form.h"

namespace duban::shapes {

inline constexpr std::size_t title_max = title_characters_max;
inline constexpr std::size_t opinion_max = opinion_characters_max;
inline constexpr std::size_t text_max = text_characters_max;

// Names and titles; the second may be "".
[[nodiscard]] Schema title();
[[nodiscard]] Schema optional_title();
[[nodiscard]] Schema opinion();  // may be empty
[[nodiscard]] Schema reason();   // may not
[[nodiscard]] Schema long_text();
[[nodiscard]] Schema units(std::size_t max);
[[nodiscard]] Schema co_units();  // that cooperate in a task
[[nodiscard]] Schema post();
[[nodiscard]] Schema report_period();
// {"id","name"} and {"code","name"}.
[[nodiscard]] Schema person();
[[nodiscard]] Schema unit();
// {"position"} or {"time"}.
[[nodiscard]] Schema at();
[[nodiscard]] Schema limit();
[[nodiscard]] Schema cursor();
// {"items":[…],"next"}
[[nodiscard]] Schema page(const Schema& item);
[[nodiscard]] Schema indicator();
// {"node": [person, …]}
[[nodiscard]] Schema picks();
[[nodiscard]] Schema reported_values();
[[nodiscard]] Schema seat();
// What a log-in and auth.me tell of a post: {"unit":{code,name},"post","mandate"}.
[[nodiscard]] Schema held_post();

}  // namespace duban::shapes
