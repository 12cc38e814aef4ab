// route_drawing: a route as text that Mermaid draws as a flowchart: blocks as frames, conditions on
// the edges, returns dotted, due rules in the nodes. The same route gives the same text.
// Thread-safety: safe for concurrent use.
#pragma once

#include <string>
#include <string_view>

#include "domain/approval/route.h"
#include "domain/base/result.h"

namespace duban {

// The definition in a file's text, in the form of route.publish, checked as when it is published;
// units, persons and groups that it names are taken to be there. `path` is what refusals name.
// Errors: invalid_argument; `field` is the path of what is wrong, from "route" on.
[[nodiscard]] Result<Route> route_of_text(std::string_view text, const std::string& path);

// Requires: check_route has passed the route.
[[nodiscard]] std::string drawing_of(const Route& route);

}  // namespace duban
