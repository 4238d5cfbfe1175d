# SPDX-License-Identifier: GPL-2.0-or-later
#
# cmake -D OUT=web_data.cpp -D FILES="a.css;b.js"
#     [-D FUNCTION=name -D HEADER=header -D NAMESPACE=room [-D TYPE=type]] -P embed.cmake
# Writes a C++ file that holds the bytes of the files, for embedded_web_files() or another function,
# which its header declares; TYPE is the struct of name and bytes, html::EmbeddedFile if none is named.

if(NOT FUNCTION)
    set(FUNCTION embedded_web_files)
    set(HEADER searcher/html/web/web_data.h)
    set(NAMESPACE html)
endif()
if(NOT TYPE)
    set(TYPE html::EmbeddedFile)
endif()

set(arrays "")
set(rows "")
set(number 0)
foreach(file IN LISTS FILES)
    get_filename_component(name "${file}" NAME)
    file(READ "${file}" digits HEX)
    string(REGEX REPLACE "(................................)" "\\1\n    " digits "${digits}")
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," digits "${digits}")
    string(APPEND arrays "constexpr char k_file_${number}[] = {\n    ${digits}'\\0'};\n")
    string(APPEND rows "    ${TYPE}{\"${name}\", {k_file_${number}, sizeof(k_file_${number}) - 1}},\n")
    math(EXPR number "${number} + 1")
endforeach()

file(WRITE "${OUT}"
"// Made by searcher/html/web/embed.cmake; changes are lost.
#include \"${HEADER}\"

#include <array>
#include <span>

namespace smallprint::${NAMESPACE} {
namespace {

${arrays}
constexpr std::array k_embedded = {
${rows}};

}  // namespace

std::span<const ${TYPE}> ${FUNCTION}() {
    return k_embedded;
}

}  // namespace smallprint::${NAMESPACE}
")
