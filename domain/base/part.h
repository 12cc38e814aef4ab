// Part<T>: a value that copies share until one of them is changed. Parts<T>: a list of them.
// A state is made of parts, so that copying it costs a few references and a change copies only the
// part that it touches. Reading looks like reading the value; changing is spelt edit().
// Ownership: shared. Thread-safety: as a value: one copy by one thread at a time, copies of it by
// others at the same time.
#pragma once

#include <atomic>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

namespace duban {

template <class T>
class Part {
public:
    Part() : value_(nothing()) {}
    Part(T value)  // NOLINT(google-explicit-constructor): a value where a part is wanted
        : value_(std::make_shared<T>(std::move(value))) {}

    const T& operator*() const { return *value_; }
    const T* operator->() const { return value_.get(); }

    // The value to be changed: this part's own, copied first when others share it.
    T& edit() {
        if (value_.use_count() == 1) {
            // What others did with the value before they let go of it has happened.
            std::atomic_thread_fence(std::memory_order_acquire);
        } else {
            value_ = std::make_shared<T>(*value_);
        }
        return *value_;
    }

    // Whether both are copies of one another, neither changed since.
    [[nodiscard]] bool is(const Part& other) const { return value_ == other.value_; }
    bool operator==(const Part& other) const { return is(other) || *value_ == *other.value_; }

private:
    // All empty parts share one value, which is therefore never changed in place.
    static const std::shared_ptr<T>& nothing() {
        static const std::shared_ptr<T> value = std::make_shared<T>();
        return value;
    }

    std::shared_ptr<T> value_;
};

template <class T>
class Parts {
public:
    class Iterator {
    public:
        using iterator_category = std::forward_iterator_tag;
        using value_type = T;
        using difference_type = std::ptrdiff_t;
        using pointer = const T*;
        using reference = const T&;

        Iterator() = default;
        explicit Iterator(const Part<T>* at) : at_(at) {}
        const T& operator*() const { return **at_; }
        const T* operator->() const { return &**at_; }
        Iterator& operator++() {
            ++at_;
            return *this;
        }
        Iterator operator++(int) { return Iterator(at_++); }
        bool operator==(const Iterator&) const = default;

    private:
        const Part<T>* at_ = nullptr;
    };

    Parts() = default;
    Parts(std::initializer_list<T> values) : items_(Items(values.begin(), values.end())) {}

    [[nodiscard]] std::size_t size() const { return items_->size(); }
    [[nodiscard]] bool empty() const { return items_->empty(); }
    [[nodiscard]] Iterator begin() const { return Iterator(items_->data()); }
    [[nodiscard]] Iterator end() const { return Iterator(items_->data() + size()); }
    // Requires: index < size(); for front and back: not empty.
    const T& operator[](std::size_t index) const { return *(*items_)[index]; }
    [[nodiscard]] const T& front() const { return *items_->front(); }
    [[nodiscard]] const T& back() const { return *items_->back(); }
    [[nodiscard]] const Part<T>& part(std::size_t index) const { return (*items_)[index]; }

    [[nodiscard]] T& edit(std::size_t index) { return items_.edit()[index].edit(); }
    void push_back(Part<T> part) { items_.edit().push_back(std::move(part)); }
    void insert(std::size_t before, Part<T> part) {
        auto& items = items_.edit();
        items.insert(items.begin() + static_cast<std::ptrdiff_t>(before), std::move(part));
    }
    void erase(std::size_t index) {
        auto& items = items_.edit();
        items.erase(items.begin() + static_cast<std::ptrdiff_t>(index));
    }
    void clear() { items_ = {}; }

    // Whether both are copies of one another, neither changed since.
    [[nodiscard]] bool is(const Parts& other) const { return items_.is(other.items_); }
    bool operator==(const Parts& other) const = default;

private:
    using Items = std::vector<Part<T>>;
    Part<Items> items_;
};

}  // namespace duban
