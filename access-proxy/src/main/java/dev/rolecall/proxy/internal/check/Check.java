package dev.rolecall.proxy.internal.check;

import com.google.protobuf.ByteString;

/**
 * A Check, as far as it is read. Immutable.
 *
 * @param path the call's path, as the client wrote it
 * @param headers the call's headers, with the credential
 * @param source the other end of the client's connection
 * @param route what the route's configuration says
 */
public record Check(ByteString path, RequestHeaders headers, Source source, RouteContext route) {

  /**
   * The other end of the client's connection to Envoy.
   *
   * @param address its address; empty where Envoy names none
   * @param port its port
   * @param certificate its certificate as Envoy tells of it; empty for none
   */
  public record Source(String address, int port, ByteString certificate) {}

  /** Names nothing: the headers have the credential. */
  @Override
  public String toString() {
    return "Check";
  }
}
