package dev.rolecall.benchmarks.wire;

import dev.rolecall.benchmarks.Run;
import dev.rolecall.benchmarks.Suite;
import dev.rolecall.benchmarks.Table;
import dev.rolecall.benchmarks.fleet.EchoServer;
import dev.rolecall.benchmarks.fleet.Orders;
import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.stsemulator.StsEmulator;
import io.grpc.InsecureServerCredentials;
import io.grpc.ServerInterceptor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Bytes of headers a client sends for a call, with and without a proof: exact, and the same on
 * every machine where no header depends on the time.
 */
public final class WireSuite implements Suite {

  private static final long SEED = 7541;
  private static final int JUDGED = 3_500;
  private static final int USUAL = 1_000;
  private static final List<Integer> LENGTHS =
      List.of(400, USUAL, 1_500, 2_000, 2_500, 3_000, JUDGED, 3_700, 4_000, 4_200);
  private static final int MOST_CALLERS = 5;

  @Override
  public String name() {
    return "wire";
  }

  @Override
  public String description() {
    return "bytes on the wire, first and later calls of a connection";
  }

  @Override
  public void measure(Run run) throws IOException {
    int calls = run.quick() ? 201 : 1_001;
    try (StsEmulator sts = StsEmulator.start();
        CallGuard guard =
            CallGuard.builder(PolicySource.fixed(Orders.policy()))
                .accept(Orders.verifier(sts.endpoint()))
                .build();
        EchoServer open = server();
        EchoServer guarded = server(guard)) {
      SizedCaller callers = new SizedCaller(sts, new Random(SEED));
      Connections connections = new Connections(open.port(), guarded.port(), calls);
      lengths(run, connections, callers);
      traffic(run, connections, callers);
      sharing(run, connections, callers);
    }
  }

  private static EchoServer server(ServerInterceptor... interceptors) {
    return EchoServer.start(InsecureServerCredentials.create(), interceptors);
  }

  /** Each call makes one connection, to the server that fits. */
  private record Connections(int open, int guarded, int calls) {

    CallBytes without(Traffic traffic) throws IOException {
      return CountedCalls.to(open, traffic, calls, List.of());
    }

    CallBytes with(Traffic traffic, List<IamCallCredentials> callers) throws IOException {
      return CountedCalls.to(guarded, traffic, calls, callers);
    }
  }

  private static void lengths(Run run, Connections connections, SizedCaller callers)
      throws IOException {
    CallBytes without = connections.without(Traffic.BARE);
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("no proof", number(without.ofFirst()), number(without.ofLater()), "", "", ""));
    for (int length : LENGTHS) {
      CallBytes with = connections.with(Traffic.BARE, List.of(callers.ofLength(length)));
      double added = with.ofLater() - without.ofLater();
      rows.add(
          List.of(
              String.format(Locale.ROOT, "%,d characters", length),
              number(with.ofFirst()),
              number(with.ofLater()),
              number(with.ofFirst() - without.ofFirst()),
              number(added),
              share(with.resent(without))));
      if (length == JUDGED) {
        run.figures().add("wire_bytes_added", added);
      }
    }
    run.show(
        new Table(
            "bytes of headers a client sends for a call, by the length of its proof",
            List.of("proof", "first call", "later", "added: first", "added: later", "sent whole"),
            rows));
  }

  private static void traffic(Run run, Connections connections, SizedCaller callers)
      throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (Traffic traffic : Traffic.values()) {
      CallBytes without = connections.without(traffic);
      CallBytes with = connections.with(traffic, List.of(callers.ofLength(USUAL)));
      double added = with.ofLater() - without.ofLater();
      rows.add(
          List.of(
              traffic.title(),
              number(without.ofLater()),
              number(with.ofLater()),
              number(added),
              share(with.resent(without))));
      if (traffic.isTraced()) {
        run.figures().add("wire_bytes_added_" + traffic.name().toLowerCase(Locale.ROOT), added);
      }
    }
    run.show(
        new Table(
            String.format(
                Locale.ROOT, "later calls that carry more than a proof of %,d characters", USUAL),
            List.of("headers beside it", "no proof", "proof", "added", "sent whole"),
            rows));
  }

  private static void sharing(Run run, Connections connections, SizedCaller callers)
      throws IOException {
    CallBytes without = connections.without(Traffic.BARE);
    List<List<String>> rows = new ArrayList<>();
    for (int sharing = 1; sharing <= MOST_CALLERS; sharing++) {
      List<IamCallCredentials> turns =
          Stream.generate(() -> callers.ofLength(USUAL)).limit(sharing).toList();
      CallBytes with = connections.with(Traffic.BARE, turns);
      rows.add(
          List.of(
              sharing + (sharing == 1 ? " caller" : " callers in turn"),
              number(with.ofLater() - without.ofLater()),
              share(with.resent(without))));
    }
    run.show(
        new Table(
            String.format(
                Locale.ROOT, "callers that share a connection, proofs of %,d characters", USUAL),
            List.of("on it", "added", "sent whole"),
            rows));
  }

  private static String number(double bytes) {
    return String.format(Locale.ROOT, bytes == Math.rint(bytes) ? "%,.0f" : "%,.1f", bytes);
  }

  private static String share(double share) {
    return String.format(Locale.ROOT, "%.1f %%", share * 100);
  }
}
