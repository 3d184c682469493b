package dev.rolecall.proxy.relay;

/**
 * The event loops of a relay.
 *
 * @param sockets the kind of sockets that they serve
 * @param count how many there are
 */
record EventLoops(Sockets sockets, int count) {

  /** The number of lanes: each has a listening socket. */
  int lanes() {
    return sockets.sharePort() ? count : 1;
  }

  /** The number of loops of a lane. */
  int ofLane() {
    return sockets.sharePort() ? 1 : count;
  }
}
