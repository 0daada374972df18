#define _GNU_SOURCE
#include "CSockets.h"

#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "CSystem.h"

static socklen_t to_system(const struct csys_address *from, struct sockaddr_storage *to) {
  memset(to, 0, sizeof *to);
  switch (from->family) {
    case CSYS_V4: {
      struct sockaddr_in *v4 = (struct sockaddr_in *)to;
      v4->sin_family = AF_INET;
      v4->sin_port = htons(from->port);
      memcpy(&v4->sin_addr, from->octets, 4);
      return sizeof *v4;
    }
    case CSYS_V6: {
      struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)to;
      v6->sin6_family = AF_INET6;
      v6->sin6_port = htons(from->port);
      v6->sin6_scope_id = from->scope;
      memcpy(&v6->sin6_addr, from->octets, 16);
      return sizeof *v6;
    }
    default: {
      struct sockaddr_un *un = (struct sockaddr_un *)to;
      un->sun_family = AF_UNIX;
      memcpy(un->sun_path, from->path, sizeof un->sun_path);
      un->sun_path[sizeof un->sun_path - 1] = 0;
      return sizeof *un;
    }
  }
}

static void from_system(const struct sockaddr_storage *from, socklen_t length, struct csys_address *to) {
  memset(to, 0, sizeof *to);
  if (length < sizeof from->ss_family) return;
  if (from->ss_family == AF_INET) {
    const struct sockaddr_in *v4 = (const struct sockaddr_in *)from;
    to->family = CSYS_V4;
    to->port = ntohs(v4->sin_port);
    memcpy(to->octets, &v4->sin_addr, 4);
  } else if (from->ss_family == AF_INET6) {
    const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)from;
    to->port = ntohs(v6->sin6_port);
    if (IN6_IS_ADDR_V4MAPPED(&v6->sin6_addr)) {
      to->family = CSYS_V4;
      memcpy(to->octets, v6->sin6_addr.s6_addr + 12, 4);
    } else {
      to->family = CSYS_V6;
      to->scope = v6->sin6_scope_id;
      memcpy(to->octets, &v6->sin6_addr, 16);
    }
  } else if (from->ss_family == AF_UNIX) {
    const struct sockaddr_un *un = (const struct sockaddr_un *)from;
    to->family = CSYS_UNIX;
    if (length > offsetof(struct sockaddr_un, sun_path)) memcpy(to->path, un->sun_path, sizeof to->path - 1);
  }
}

static int family(const struct csys_address *address) {
  return address->family == CSYS_V4 ? AF_INET : address->family == CSYS_V6 ? AF_INET6 : AF_UNIX;
}

static int close_with_error(int descriptor) {
  int error = errno;
  close(descriptor);
  errno = error;
  return -1;
}

static int set(int socket, int level, int option, int value) {
  return setsockopt(socket, level, option, &value, sizeof value);
}

int csys_listen(const struct csys_address *address, int backlog) {
  int made = socket(family(address), SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (made < 0) return -1;
  struct sockaddr_storage system;
  socklen_t length = to_system(address, &system);
  if (address->family != CSYS_UNIX && set(made, SOL_SOCKET, SO_REUSEADDR, 1) < 0) return close_with_error(made);
  if (address->family == CSYS_V6 && set(made, IPPROTO_IPV6, IPV6_V6ONLY, 0) < 0) return close_with_error(made);
  if (bind(made, (struct sockaddr *)&system, length) < 0 || listen(made, backlog) < 0) return close_with_error(made);
  return made;
}

int csys_accept(int listener, struct csys_address *peer) {
  struct sockaddr_storage system;
  socklen_t length = sizeof system;
  int made;
  do made = accept4(listener, (struct sockaddr *)&system, &length, SOCK_CLOEXEC | SOCK_NONBLOCK);
  while (made < 0 && errno == EINTR);
  if (made >= 0) from_system(&system, length, peer);
  return made;
}

int csys_connect(const struct csys_address *address, bool *pending) {
  int made = socket(family(address), SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (made < 0) return -1;
  struct sockaddr_storage system;
  socklen_t length = to_system(address, &system);
  *pending = false;
  if (connect(made, (struct sockaddr *)&system, length) == 0) return made;
  // Interrupted, it goes on by itself: connect(2).
  if (errno != EINPROGRESS && errno != EINTR) return close_with_error(made);
  *pending = true;
  return made;
}

int csys_socket_error(int socket) {
  int error = 0;
  socklen_t length = sizeof error;
  return getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &length) < 0 ? errno : error;
}

int csys_tcp_options(int socket, int idle, int interval, int count, unsigned unanswered) {
  if (set(socket, IPPROTO_TCP, TCP_NODELAY, 1) < 0 || set(socket, SOL_SOCKET, SO_KEEPALIVE, 1) < 0 ||
      set(socket, IPPROTO_TCP, TCP_KEEPIDLE, idle) < 0 || set(socket, IPPROTO_TCP, TCP_KEEPINTVL, interval) < 0 ||
      set(socket, IPPROTO_TCP, TCP_KEEPCNT, count) < 0)
    return -1;
  return setsockopt(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &unanswered, sizeof unanswered);
}

int csys_shutdown(int socket, int direction) { return shutdown(socket, direction == 0 ? SHUT_RD : SHUT_WR); }

int csys_reset_on_close(int socket) {
  struct linger linger = {.l_onoff = 1, .l_linger = 0};
  return setsockopt(socket, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
}

int csys_local_address(int socket, struct csys_address *address) {
  struct sockaddr_storage system;
  socklen_t length = sizeof system;
  if (getsockname(socket, (struct sockaddr *)&system, &length) < 0) return -1;
  from_system(&system, length, address);
  return 0;
}

pid_t csys_peer_process(int socket) {
  struct ucred facts;
  socklen_t length = sizeof facts;
  return getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &facts, &length) < 0 ? 0 : facts.pid;
}

int csys_datagrams(const struct csys_address *address, bool shared) {
  int made = socket(family(address), SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (made < 0) return -1;
  struct sockaddr_storage system;
  socklen_t length = to_system(address, &system);
  if ((shared && set(made, SOL_SOCKET, SO_REUSEADDR, 1) < 0) || set(made, SOL_SOCKET, SO_RXQ_OVFL, 1) < 0)
    return close_with_error(made);
  // A socket hears the groups that it has joined, and not those of all others on the machine.
  if (address->family == CSYS_V4 && set(made, IPPROTO_IP, IP_MULTICAST_ALL, 0) < 0) return close_with_error(made);
#ifdef IPV6_MULTICAST_ALL
  if (address->family == CSYS_V6 && set(made, IPPROTO_IPV6, IPV6_MULTICAST_ALL, 0) < 0) return close_with_error(made);
#endif
  if (bind(made, (struct sockaddr *)&system, length) < 0) return close_with_error(made);
  return made;
}

uint32_t csys_dropped(int socket) {
  // SO_MEMINFO of Linux 4.12 and later; the ninth number is what was dropped.
  uint32_t numbers[9] = {0};
  socklen_t length = sizeof numbers;
  return getsockopt(socket, SOL_SOCKET, 55, numbers, &length) == 0 && length >= sizeof numbers ? numbers[8] : 0;
}

int csys_connect_datagrams(int socket, const struct csys_address *address) {
  struct sockaddr_storage system;
  socklen_t length = to_system(address, &system);
  return connect(socket, (struct sockaddr *)&system, length);
}

int csys_allow_broadcast(int socket) { return set(socket, SOL_SOCKET, SO_BROADCAST, 1); }

int csys_receive_room(int socket, int bytes) { return set(socket, SOL_SOCKET, SO_RCVBUF, bytes); }

ssize_t csys_receive(int socket, void *buffer, size_t size, struct csys_arrival *arrival) {
  struct sockaddr_storage system;
  union {
    char bytes[CMSG_SPACE(sizeof(uint32_t)) + 64];
    struct cmsghdr header;
  } control;
  struct iovec part = {.iov_base = buffer, .iov_len = size};
  struct msghdr message = {
      .msg_name = &system,
      .msg_namelen = sizeof system,
      .msg_iov = &part,
      .msg_iovlen = 1,
      .msg_control = control.bytes,
      .msg_controllen = sizeof control.bytes,
  };
  ssize_t count;
  do count = recvmsg(socket, &message, MSG_DONTWAIT);
  while (count < 0 && errno == EINTR);
  if (count < 0) return -1;
  from_system(&system, message.msg_namelen, &arrival->sender);
  arrival->truncated = (message.msg_flags & MSG_TRUNC) != 0;
  arrival->dropped = 0;
  for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header; header = CMSG_NXTHDR(&message, header))
    if (header->cmsg_level == SOL_SOCKET && header->cmsg_type == SO_RXQ_OVFL)
      memcpy(&arrival->dropped, CMSG_DATA(header), sizeof arrival->dropped);
  return count;
}

ssize_t csys_send(int socket, const void *buffer, size_t size, const struct csys_address *address) {
  struct sockaddr_storage system;
  socklen_t length = address ? to_system(address, &system) : 0;
  ssize_t count;
  do
    count = sendto(socket, buffer, size, MSG_DONTWAIT | MSG_NOSIGNAL, address ? (struct sockaddr *)&system : NULL,
                   length);
  while (count < 0 && errno == EINTR);
  return count;
}

int csys_join(int socket, const struct csys_address *group, unsigned interface) {
  if (group->family == CSYS_V4) {
    struct ip_mreqn request = {.imr_ifindex = (int)interface};
    memcpy(&request.imr_multiaddr, group->octets, 4);
    return setsockopt(socket, IPPROTO_IP, IP_ADD_MEMBERSHIP, &request, sizeof request);
  }
  struct ipv6_mreq request = {.ipv6mr_interface = interface ? interface : group->scope};
  memcpy(&request.ipv6mr_multiaddr, group->octets, 16);
  return setsockopt(socket, IPPROTO_IPV6, IPV6_ADD_MEMBERSHIP, &request, sizeof request);
}

int csys_multicast(int socket, int family, unsigned interface, int hops, bool loop) {
  if (family == CSYS_V4) {
    struct ip_mreqn request = {.imr_ifindex = (int)interface};
    if (interface && setsockopt(socket, IPPROTO_IP, IP_MULTICAST_IF, &request, sizeof request) < 0) return -1;
    if (set(socket, IPPROTO_IP, IP_MULTICAST_TTL, hops) < 0) return -1;
    return set(socket, IPPROTO_IP, IP_MULTICAST_LOOP, loop);
  }
  if (interface && set(socket, IPPROTO_IPV6, IPV6_MULTICAST_IF, (int)interface) < 0) return -1;
  if (set(socket, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, hops) < 0) return -1;
  return set(socket, IPPROTO_IPV6, IPV6_MULTICAST_LOOP, loop);
}

unsigned csys_interface(const char *name) { return if_nametoindex(name); }

int csys_read_address(const char *text, struct csys_address *address) {
  memset(address, 0, sizeof *address);
  if (inet_pton(AF_INET, text, address->octets) == 1) {
    address->family = CSYS_V4;
    return 0;
  }
  char digits[INET6_ADDRSTRLEN + 1];
  const char *zone = strchr(text, '%');
  size_t length = zone ? (size_t)(zone - text) : strlen(text);
  if (length >= sizeof digits) return -1;
  memcpy(digits, text, length);
  digits[length] = 0;
  if (inet_pton(AF_INET6, digits, address->octets) != 1) return -1;
  if (zone && (address->scope = if_nametoindex(zone + 1)) == 0) return -1;
  address->family = CSYS_V6;
  return 0;
}

void csys_write_address(const struct csys_address *address, char *text) {
  text[0] = 0;
  if (address->family == CSYS_V4) inet_ntop(AF_INET, address->octets, text, 64);
  if (address->family != CSYS_V6) return;
  inet_ntop(AF_INET6, address->octets, text, INET6_ADDRSTRLEN);
  char name[IF_NAMESIZE];
  if (address->scope && if_indextoname(address->scope, name)) {
    size_t length = strlen(text);
    snprintf(text + length, 64 - length, "%%%s", name);
  }
}

int csys_lookup(const char *host, struct csys_address *addresses, int limit) {
  struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
  struct addrinfo *found = NULL;
  int code = getaddrinfo(host, NULL, &hints, &found);
  if (code != 0) return code < 0 ? code : -code;
  int count = 0;
  for (struct addrinfo *each = found; each && count < limit; each = each->ai_next) {
    if (each->ai_family != AF_INET && each->ai_family != AF_INET6) continue;
    struct sockaddr_storage system;
    memset(&system, 0, sizeof system);
    memcpy(&system, each->ai_addr, each->ai_addrlen);
    from_system(&system, each->ai_addrlen, &addresses[count]);
    count++;
  }
  freeaddrinfo(found);
  return count;
}

const char *csys_lookup_text(int code, int error) {
  return code == EAI_SYSTEM ? csys_error_text(error) : gai_strerror(code);
}
