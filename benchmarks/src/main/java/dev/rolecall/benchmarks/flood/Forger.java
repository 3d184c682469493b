package dev.rolecall.benchmarks.flood;

import static java.util.Objects.requireNonNull;

import dev.rolecall.benchmarks.fleet.Echo;
import dev.rolecall.benchmarks.fleet.ForgedProofs;
import dev.rolecall.benchmarks.pace.SteadyCalls;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Calls with forged proofs. For one thread. */
final class Forger implements SteadyCalls.Caller {

  private static final int DEADLINE_SECONDS = 10;

  private final ManagedChannel channel;
  private final ForgedProofs proofs;

  Forger(ManagedChannel channel, ForgedProofs proofs) {
    this.channel = requireNonNull(channel, "channel");
    this.proofs = requireNonNull(proofs, "proofs");
  }

  @Override
  public void call(Consumer<Status> over) {
    ClientCall<byte[], byte[]> call =
        channel.newCall(
            Echo.SAY, CallOptions.DEFAULT.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS));
    Metadata headers = new Metadata();
    headers.put(Password.AUTHORIZATION, "Bearer " + proofs.next());
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
