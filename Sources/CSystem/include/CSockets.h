// Sockets: addresses without casts, and the options whose names Swift does not see. Included by CSystem.h.
#ifndef CSOCKETS_H
#define CSOCKETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What kind of address a `struct csys_address` is.
enum csys_family {
  /// None: of a peer that has no name.
  CSYS_NONE = 0,
  CSYS_V4 = 4,
  CSYS_V6 = 6,
  /// A path in the file system.
  CSYS_UNIX = 1,
};

/// The address of one end of a socket.
struct csys_address {
  int family;
  uint16_t port;
  /// The interface that an address of one link only is meant on; 0 for none.
  uint32_t scope;
  /// The first four, or all of them, in the order in which they are written.
  uint8_t octets[16];
  /// Ends with a NUL.
  char path[108];
};

/// A stream socket that listens, non-blocking and closed on exec. Its port may be taken over from connections that
/// wait for their end (SO_REUSEADDR); the address `::` takes IPv4 as well.
int csys_listen(const struct csys_address *address, int backlog);

/// The next connection to `listener`, non-blocking and closed on exec; EAGAIN if there is none.
int csys_accept(int listener, struct csys_address *peer);

/// A stream socket that is connected, or about to be: then `pending` is set, and it is writable once it is known.
int csys_connect(const struct csys_address *address, bool *pending);

/// The error that waits at a socket, 0 for none.
int csys_socket_error(int socket);

/// Small pieces leave at once (TCP_NODELAY); a peer that is silent for `idle` seconds is asked `count` times, every
/// `interval` seconds; a peer that takes nothing of what was sent for `unanswered` milliseconds is gone, 0 for never.
int csys_tcp_options(int socket, int idle, int interval, int count, unsigned unanswered);

/// Ends one direction: 0 reading, 1 writing.
int csys_shutdown(int socket, int direction);

/// Lets close(2) reset the connection in place of ending it (SO_LINGER with 0 seconds).
int csys_reset_on_close(int socket);

int csys_local_address(int socket, struct csys_address *address);

/// The process at the other end of a connection through the file system; 0 if the system does not say.
pid_t csys_peer_process(int socket);

// --- Datagrams ----------------------------------------------------------------------------------------------------

/// A datagram socket of `address`'s family, bound to it, non-blocking and closed on exec. If `shared`, others may bind
/// the same address (SO_REUSEADDR), as all do who listen to one group. It counts what finds no room (SO_RXQ_OVFL).
int csys_datagrams(const struct csys_address *address, bool shared);

/// How many datagrams found no room at `socket` so far, modulo 2³²; 0 where the kernel does not tell.
uint32_t csys_dropped(int socket);

/// Sets where a datagram socket sends to.
int csys_connect_datagrams(int socket, const struct csys_address *address);

/// Lets a datagram socket send to broadcast addresses.
int csys_allow_broadcast(int socket);

/// How many bytes may wait to be received; the system may give less.
int csys_receive_room(int socket, int bytes);

/// What came with a datagram.
struct csys_arrival {
  struct csys_address sender;
  /// Its end is missing: it was longer than the buffer.
  bool truncated;
  /// How many found no room so far, modulo 2^32.
  uint32_t dropped;
};

/// Receives one datagram; EAGAIN if there is none.
ssize_t csys_receive(int socket, void *buffer, size_t size, struct csys_arrival *arrival);

/// Sends one datagram, to where the socket is connected if `address` is NULL; EAGAIN if there is no room.
ssize_t csys_send(int socket, const void *buffer, size_t size, const struct csys_address *address);

/// Takes part in a group, on interface number `interface` or, with 0, on the one that the routes name.
int csys_join(int socket, const struct csys_address *group, unsigned interface);

/// How a socket sends to groups: through interface number `interface` (0: as the routes say), over at most `hops`
/// routers and networks, and with `loop` also to this machine.
int csys_multicast(int socket, int family, unsigned interface, int hops, bool loop);

/// The number of the interface of that name; 0 if there is none.
unsigned csys_interface(const char *name);

// --- Names --------------------------------------------------------------------------------------------------------

/// Reads an address that is written in digits, as `127.0.0.1` or `fe80::1%eth0`: 0, or -1 where it is none.
int csys_read_address(const char *text, struct csys_address *address);

/// Writes the digits of an address to `text`, of at least 64 bytes.
void csys_write_address(const struct csys_address *address, char *text);

/// Looks up a host's addresses, at most `limit`; blocks.
///
/// Returns how many there are; or, negative, why there are none: getaddrinfo's code.
int csys_lookup(const char *host, struct csys_address *addresses, int limit);

/// getaddrinfo's words for one of its codes; `error` is the errno it left.
const char *csys_lookup_text(int code, int error);

#ifdef __cplusplus
}
#endif
#endif
