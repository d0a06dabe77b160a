// ncurses with wide characters. What is a macro or varargs in C has a `static inline` wrapper here,
// because Swift imports neither.
#ifndef FORETASTE_CNCURSES_H
#define FORETASTE_CNCURSES_H
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <term.h>

static inline WINDOW *ft_stdscr(void) { return stdscr; }
#endif
