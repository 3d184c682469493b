package dev.rolecall.benchmarks.pace;

import static java.util.Objects.requireNonNull;

import dev.rolecall.benchmarks.fleet.Echo;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A stranger that brings another proof with each call, and no message. For one thread. */
public final class ProofCaller implements SteadyCalls.Caller {

  private static final int DEADLINE_SECONDS = 10;

  private final ManagedChannel channel;
  private final Supplier<String> proofs;

  /**
   * One that calls on that channel.
   *
   * @param proofs gives the text of the next proof
   */
  public ProofCaller(ManagedChannel channel, Supplier<String> proofs) {
    this.channel = requireNonNull(channel, "channel");
    this.proofs = requireNonNull(proofs, "proofs");
  }

  @Override
  public void call(Consumer<Status> over) {
    ClientCall<byte[], byte[]> call =
        channel.newCall(
            Echo.SAY, CallOptions.DEFAULT.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS));
    Metadata headers = new Metadata();
    headers.put(Echo.AUTHORIZATION, "Bearer " + proofs.get());
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onClose(Status status, Metadata trailers) {
            over.accept(status);
          }
        },
        headers);
    // No message: a server that reads one from a stranger has lost already.
    call.halfClose();
    call.request(1);
  }
}
