package dev.rolecall.benchmarks.proxy;

import dev.rolecall.benchmarks.compare.CallLoop;
import dev.rolecall.benchmarks.fleet.ChildCommands;
import dev.rolecall.benchmarks.pace.Pause;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The process that asks servers of external authorization, as one worker of Envoy does: over one
 * connection, with many calls under way. {@code CheckClient FILE} reads the callers' credentials, a
 * line each. Answers {@code prime PORT ...} when each caller was allowed once, and {@code run PORT
 * MILLISECONDS} with calls and nanoseconds.
 */
final class CheckClient implements ChildCommands {

  private static final int IN_FLIGHT = 64;
  private static final int MOST_ATTEMPTS = 200;
  private static final Duration BEFORE_NEXT_ATTEMPT = Duration.ofMillis(20);

  private final List<byte[]> requests;
  private final Map<String, ManagedChannel> channels = new HashMap<>();
  private final AtomicInteger next = new AtomicInteger();

  private CheckClient(List<byte[]> requests) {
    this.requests = requests;
  }

  public static void main(String[] arguments) throws Exception {
    List<String> credentials = Files.readAllLines(Path.of(arguments[0]));
    CheckClient client =
        new CheckClient(
            IntStream.range(0, credentials.size())
                .mapToObj(i -> CheckRequests.of(credentials.get(i), i))
                .toList());
    client.serve();
    client.channels.values().forEach(ManagedChannel::shutdownNow);
  }

  @Override
  public String answer(String command) throws InterruptedException {
    String[] words = command.split(" ", -1);
    switch (words[0]) {
      case "prime" -> {
        prime(Stream.of(words).skip(1).map(this::channel).toList());
        return "";
      }
      case "run" -> {
        CallLoop loop =
            new CallLoop(
                List.of(channel(words[1])),
                CheckRequests.METHOD,
                CallOptions.DEFAULT,
                CheckRequests::isAllowed);
        return loop.run(IN_FLIGHT, this::request, Duration.ofMillis(Long.parseLong(words[2])))
            .text();
      }
      default -> throw new IllegalArgumentException("command: " + words[0]);
    }
  }

  private ManagedChannel channel(String port) {
    return channels.computeIfAbsent(
        port,
        absent ->
            NettyChannelBuilder.forAddress("127.0.0.1", Integer.parseInt(port))
                .usePlaintext()
                .directExecutor()
                .build());
  }

  private byte[] request() {
    return requests.get(Math.floorMod(next.getAndIncrement(), requests.size()));
  }

  /** All servers at the same time. */
  private void prime(List<ManagedChannel> servers) throws InterruptedException {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (ManagedChannel each : servers) {
        tasks.add(
            () -> {
              prime(each);
              return null;
            });
      }
      for (Future<Void> each : threads.invokeAll(tasks)) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a server does not admit all callers", e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  /** The first call of each caller is looked up, and may find too many look-ups under way. */
  private void prime(ManagedChannel channel) {
    for (byte[] request : requests) {
      byte[] answer = ask(channel, request);
      for (int tries = 0; !CheckRequests.isAllowed(answer); tries++) {
        if (tries == MOST_ATTEMPTS) {
          throw new IllegalStateException(
              "a caller is not allowed: " + CheckRequests.denial(answer));
        }
        Pause.of(BEFORE_NEXT_ATTEMPT);
        answer = ask(channel, request);
      }
    }
  }

  private static byte[] ask(ManagedChannel channel, byte[] request) {
    return ClientCalls.blockingUnaryCall(
        channel, CheckRequests.METHOD, CallOptions.DEFAULT.withWaitForReady(), request);
  }
}
