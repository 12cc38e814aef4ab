// Figures: what a run has measured, each once a repeat, with median, least and greatest.
// Thread-safety: one thread at a time.
#pragma once

#include <string>
#include <vector>

#include "tools/bench/machine.h"

namespace duban {

struct Figure {
    std::string bench;
    std::string name;
    std::string unit;
    std::vector<double> values;  // one a repeat, in their order

    [[nodiscard]] double median() const;
    [[nodiscard]] double least() const;
    [[nodiscard]] double greatest() const;
};

class Figures {
public:
    // Figures that are added from now on are of this bench.
    void begin(std::string bench);
    // One value more of the figure of that name, which begins where it is new.
    void add(const std::string& name, const std::string& unit, double value);
    // What a reader must know beside the figures.
    void note(const std::string& text);

    // A line a figure of the present bench, then its notes.
    [[nodiscard]] std::string text() const;
    // One object: machine, figures, notes.
    [[nodiscard]] std::string json(const Machine& machine) const;

private:
    struct Note {
        std::string bench;
        std::string text;
    };
    std::string bench_;
    std::vector<Figure> figures_;
    std::vector<Note> notes_;
};

}  // namespace duban
