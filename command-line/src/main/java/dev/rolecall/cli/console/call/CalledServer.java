package dev.rolecall.cli.console.call;

import dev.rolecall.cli.connect.ChannelSecurity;
import dev.rolecall.cli.connect.CredentialKind;
import dev.rolecall.identity.Audience;
import io.grpc.CallOptions;
import io.grpc.Channel;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A server that the page asks, and how.
 *
 * @param address the server, as the user named it
 * @param audience the name that it goes by
 * @param security how its connection is secured
 * @param way the way to it
 * @param patience how long each call may take
 */
public record CalledServer(
    String address, Audience audience, ChannelSecurity security, Way way, Duration patience) {

  /**
   * The way of calls to a server.
   *
   * @param channel a channel to it
   * @param options the options of a call, which bring the caller's proof
   * @param kind the kind of credential that calls brought last
   */
  public record Way(
      Channel channel, Supplier<CallOptions> options, Supplier<CredentialKind> kind) {}
}
