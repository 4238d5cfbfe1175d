// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <memory>
#include <new>

namespace smallprint {

template <auto Free> struct FreeBy {
    template <typename T> void operator()(T* object) const { Free(object); }
};

// Owns an object of a C library, which the library's function `Free` gives back.
template <typename T, auto Free> using Owned = std::unique_ptr<T, FreeBy<Free>>;

// Takes over what a library made that makes nothing only if memory has run out.
template <auto Free, typename T> Owned<T, Free> own(T* object) {
    if (object == nullptr) {
        throw std::bad_alloc();
    }
    return Owned<T, Free>(object);
}

}  // namespace smallprint
