package dev.rolecall.cli.connect;

import dev.rolecall.cli.arguments.ServerAddress;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.client.ProofUnavailableException;
import dev.rolecall.client.WebIdentityCallCredentials;
import dev.rolecall.tls.AttestedChannel;
import dev.rolecall.verifier.StsVerifier;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** The client end of connections: the credentials of its channels and the options of its calls. */
public final class ClientEnd implements AutoCloseable {

  /** gRPC's other ways to name a server, which are checked by gRPC. */
  private static final Pattern TARGET = Pattern.compile("(dns|unix|ipv4|ipv6|xds):");

  private final ChannelCredentials channels;
  private final UnaryOperator<CallOptions> calls;
  private final Supplier<CredentialKind> kind;
  private final Runnable closing;

  private ClientEnd(
      ChannelCredentials channels,
      UnaryOperator<CallOptions> calls,
      Supplier<CredentialKind> kind,
      Runnable closing) {
    this.channels = channels;
    this.calls = calls;
    this.kind = kind;
    this.closing = closing;
  }

  /** Each call brings a proof; the channel's trust says who the server is. */
  public static ClientEnd withCallProofs(ChannelCredentials channels, IamCallCredentials proofs) {
    return new ClientEnd(
        channels,
        call -> call.withCallCredentials(proofs),
        () -> CredentialKind.PROOF,
        proofs::close);
  }

  /** Each call brings a web identity token; the channel's trust says who the server is. */
  public static ClientEnd withWebIdentity(
      ChannelCredentials channels, WebIdentityCallCredentials tokens) {
    return new ClientEnd(
        channels,
        call -> call.withCallCredentials(tokens),
        () -> CredentialKind.JWT,
        tokens::close);
  }

  /** Each call brings a token that the user holds; the channel's trust says who the server is. */
  public static ClientEnd withToken(ChannelCredentials channels, BearerToken token) {
    return new ClientEnd(channels, call -> call.withCallCredentials(token), token::kind, () -> {});
  }

  /** The caller says nothing of itself; the channel's trust says who the server is. */
  public static ClientEnd withoutProofs(ChannelCredentials channels) {
    return new ClientEnd(channels, UnaryOperator.identity(), () -> CredentialKind.PROOF, () -> {});
  }

  /**
   * Both ends prove their roles in the handshake; calls bring no proof.
   *
   * @param verifier how the server is verified
   * @throws CommandFailure if there are no AWS credentials to attest with
   */
  public static ClientEnd attested(AttestedChannel.Builder options, StsVerifier verifier) {
    try {
      AttestedChannel end = options.verifier(verifier).start();
      return new ClientEnd(
          end.credentials(), UnaryOperator.identity(), () -> CredentialKind.PROOF, end::close);
    } catch (ProofUnavailableException e) {
      throw new CommandFailure("attested TLS: " + e.getMessage(), e);
    }
  }

  /** The credentials of its channels, for those that others make. */
  public ChannelCredentials channels() {
    return channels;
  }

  /**
   * Does something over a channel to that server, which is ended then.
   *
   * @throws CommandFailure if it is not the name of a server
   */
  public <T> T over(String server, Function<? super Channel, T> work) {
    ManagedChannel channel = channel(server);
    try {
      return work.apply(channel);
    } finally {
      channel.shutdownNow();
    }
  }

  /**
   * A channel to that server. Shut it down before this is closed.
   *
   * @throws CommandFailure if it is not the name of a server
   */
  public ManagedChannel channel(String server) {
    try {
      if (!TARGET.matcher(server).lookingAt()) {
        ServerAddress.parse(server);
      }
      return Grpc.newChannelBuilder(server, channels).build();
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("HOST:PORT: " + e.getMessage(), e);
    }
  }

  /**
   * The kind of the credential that its calls brought last; of an end that brings none, that of the
   * proofs it lacks.
   */
  public CredentialKind kind() {
    return kind.get();
  }

  /** The options of one call. */
  public CallOptions callOptions() {
    return calls.apply(CallOptions.DEFAULT);
  }

  @Override
  public void close() {
    closing.run();
  }
}
