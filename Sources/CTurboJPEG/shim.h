// TurboJPEG, the interface of libjpeg-turbo that returns its errors: it catches libjpeg's longjmp itself.
#ifndef FORETASTE_CTURBOJPEG_H
#define FORETASTE_CTURBOJPEG_H
#include <turbojpeg.h>
#endif
