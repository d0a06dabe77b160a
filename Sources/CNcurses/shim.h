// ncurses with wide characters. What is a macro or varargs in C has a `static inline` wrapper here,
// because Swift imports neither.
#ifndef FORETASTE_CNCURSES_H
#define FORETASTE_CNCURSES_H
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <term.h>
#include <langinfo.h>
#include <locale.h>
#include <pty.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <wchar.h>
#include "guard.h"

static inline WINDOW *ft_stdscr(void) { return stdscr; }
static inline int ft_forget_terminal_type(void) { return del_curterm(cur_term); }
// What ncurses believes is on the terminal; tests read it.
static inline WINDOW *ft_curscr(void) { return curscr; }

static inline attr_t ft_bold(void) { return A_BOLD; }
static inline attr_t ft_dim(void) { return A_DIM; }
static inline attr_t ft_underline(void) { return A_UNDERLINE; }
static inline attr_t ft_reverse(void) { return A_REVERSE; }

// memfd_create(2) with MFD_CLOEXEC and dup3(2), which the headers show to GNU sources only.
static inline int ft_memory_file(const char *name) { return (int)syscall(SYS_memfd_create, name, 1u); }
static inline int ft_duplicate(int descriptor, int as) { return (int)syscall(SYS_dup3, descriptor, as, O_CLOEXEC); }

static inline int ft_lines(void) { return LINES; }
static inline int ft_columns(void) { return COLS; }
static inline int ft_colors(void) { return COLORS; }
static inline int ft_color_pairs(void) { return COLOR_PAIRS; }

// setcchar of ncurses 6 takes a pair above 32,767 through its last argument alone.
static inline int ft_setcchar(cchar_t *cell, const wchar_t *text, attr_t attributes, int pair) {
  return setcchar(cell, text, attributes, 0, &pair);
}

static inline int ft_getcchar(const cchar_t *cell, wchar_t *text, attr_t *attributes, int *pair) {
  short shortPair = 0;
  return getcchar(cell, text, attributes, &shortPair, pair);
}

static inline int ft_is_utf8(void) { return strcmp(nl_langinfo(CODESET), "UTF-8") == 0; }

// Columns of a scalar as ncurses will count them, -1 where the C library does not know it.
static inline int ft_wcwidth(unsigned scalar) { return wcwidth((wchar_t)scalar); }

// A string capability of the current terminal, NULL where it has none.
static inline const char *ft_capability(const char *name) {
  const char *value = tigetstr(name);
  return value == (const char *)-1 ? NULL : value;
}

// Whether the terminal has CHA, a movement within the row.
static inline int ft_moves_within_row(void) {
  const char *move = ft_capability("hpa");
  return move != NULL && strcmp(move, "\033[%i%p1%dG") == 0;
}

static inline const char *ft_move_to(int row, int place) {
  const char *move = ft_capability("cup");
  return move ? tparm(move, (long)row, (long)place, 0L, 0L, 0L, 0L, 0L, 0L, 0L) : NULL;
}

// 0 and the size of the terminal behind a descriptor, or -1. (term.h makes macros of `lines` and `columns`.)
static inline int ft_window_size(int descriptor, int *height, int *width) {
  struct winsize size;
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0) return -1;
  *height = size.ws_row;
  *width = size.ws_col;
  return 0;
}

// Tests make and size terminals of their own.
static inline int ft_open_pty(int *master, int *slave) { return openpty(master, slave, NULL, NULL, NULL); }
static inline int ft_set_window_size(int descriptor, int height, int width) {
  struct winsize size = {.ws_row = (unsigned short)height, .ws_col = (unsigned short)width};
  return ioctl(descriptor, TIOCSWINSZ, &size);
}
#endif
