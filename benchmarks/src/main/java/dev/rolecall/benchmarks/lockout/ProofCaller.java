package dev.rolecall.benchmarks.lockout;

import static java.util.Objects.requireNonNull;

import dev.rolecall.benchmarks.fleet.Echo;
import dev.rolecall.benchmarks.pace.SteadyCalls;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A stranger that brings another proof with each call, and no message. For one thread. */
final class ProofCaller implements SteadyCalls.Caller {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private static final int DEADLINE_SECONDS = 10;

  private final ManagedChannel channel;
  private final Supplier<String> proofs;

  ProofCaller(ManagedChannel channel, Supplier<String> proofs) {
    this.channel = requireNonNull(channel, "channel");
    this.proofs = requireNonNull(proofs, "proofs");
  }

  @Override
  public void call(Consumer<Status> over) {
    ClientCall<byte[], byte[]> call =
        channel.newCall(
            Echo.SAY, CallOptions.DEFAULT.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS));
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + proofs.get());
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onClose(Status status, Metadata trailers) {
            over.accept(status);
          }
        },
        headers);
    call.halfClose();
    call.request(1);
  }
}
