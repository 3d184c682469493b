package dev.rolecall.benchmarks.load;

import dev.rolecall.benchmarks.fleet.CallerKeys;
import dev.rolecall.benchmarks.fleet.RunCertificate;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One station for each variant, all alive for as long as the fleet. What differs between two JVMs
 * of the same code, such as what its compiler made of it, stays the same within a fleet; so there
 * is more than one fleet.
 */
final class Fleet implements AutoCloseable {

  private static final Duration WARM_UP_SLICE = Duration.ofMillis(250);

  private final Map<Variant, Station> stations = new EnumMap<>(Variant.class);
  private final Random random;

  private Fleet(Random random) {
    this.random = random;
  }

  /** Starts two JVMs for each variant, all side by side. */
  static Fleet start(RunCertificate certificate, URI sts, CallerKeys keys, Random random)
      throws IOException, InterruptedException {
    Map<Variant, Future<Station>> starting = new EnumMap<>(Variant.class);
    ExecutorService threads = Executors.newCachedThreadPool();
    for (Variant each : Variant.values()) {
      starting.put(each, threads.submit(() -> Station.start(each, certificate, sts, keys)));
    }
    threads.shutdown();
    Fleet fleet = new Fleet(random);
    IOException failed = null;
    for (Map.Entry<Variant, Future<Station>> each : starting.entrySet()) {
      try {
        fleet.stations.put(each.getKey(), each.getValue().get());
      } catch (ExecutionException e) {
        failed = new IOException(each.getKey() + " did not start", e.getCause());
      }
    }
    if (failed != null) {
      fleet.close();
      throw failed;
    }
    return fleet;
  }

  /** Calls everywhere that often, and forgets how it went. */
  void warmUp(Shape shape, long calls) throws IOException, InterruptedException {
    for (Station each : stations.values()) {
      for (long done = 0; done < calls; ) {
        done += each.run(shape, WARM_UP_SLICE).calls();
      }
    }
  }

  /**
   * Calls everywhere twice for that long: in an order of chance and then back, so that what grows
   * slower or faster meanwhile cancels out.
   */
  Map<Variant, Slice> round(Shape shape, Duration duration)
      throws IOException, InterruptedException {
    List<Map.Entry<Variant, Station>> order = new ArrayList<>(stations.entrySet());
    Collections.shuffle(order, random);
    List<Map.Entry<Variant, Station>> thereAndBack = new ArrayList<>(order);
    Collections.reverse(order);
    thereAndBack.addAll(order);
    Map<Variant, Slice> slices = new EnumMap<>(Variant.class);
    for (Map.Entry<Variant, Station> each : thereAndBack) {
      slices.merge(each.getKey(), each.getValue().run(shape, duration), Slice::plus);
    }
    return slices;
  }

  @Override
  public void close() {
    stations.values().forEach(Station::close);
  }
}
