package dev.rolecall.tests.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rolecall.access.grant.Grants;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.grants.GrantFeed;
import dev.rolecall.grants.v1.FeedMessage;
import dev.rolecall.grants.v1.GrantFeedGrpc;
import dev.rolecall.grants.v1.WatchMessage;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.tests.fixture.Bench;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The metrics of a feed of grants are those that the docs list, both ways. */
final class GrantMetricsTest {

  private static final String NAME = GrantMetricsTest.class.getName();
  private static final String OF_GRANTS = "rolecall.grants.";

  @RegisterExtension final Bench bench = new Bench();

  /** A feed that answers a subscription with good news, then with a message that breaks a rule. */
  private static final class Feed extends GrantFeedGrpc.GrantFeedImplBase {
    @Override
    public StreamObserver<WatchMessage> watch(StreamObserver<FeedMessage> news) {
      return new StreamObserver<>() {
        @Override
        public void onNext(WatchMessage message) {
          FeedMessage good =
              FeedMessage.newBuilder()
                  .setEpoch("e")
                  .setRevision(1)
                  .setServerTimeMs(1_800_000_000_000L)
                  .build();
          if (message.hasSubscribe()) {
            news.onNext(good);
            news.onNext(good.toBuilder().setEpoch("").build());
          }
        }

        @Override
        public void onError(Throwable thrown) {}

        @Override
        public void onCompleted() {}
      };
    }
  }

  @Test
  void emitted_byAFeed_isWhatTheDocsList() throws Exception {
    EmittedMetrics emitted = new EmittedMetrics(bench.telemetry());
    Server server = InProcessServerBuilder.forName(NAME).addService(new Feed()).build().start();
    try (AccessRuntime runtime =
            AccessRuntime.builder().openTelemetry(bench.telemetry().sdk()).build();
        Grants grants =
            GrantFeed.over("access", () -> InProcessChannelBuilder.forName(NAME).build())
                .open(runtime)) {
      grants.require(Set.of(PermissionName.of("orders-admin")));
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> emitted.count("rolecall.grants.messages", "result", "refused") > 0);

      assertThat(
              emitted
                  .all()
                  .filter(one -> one.getName().startsWith(OF_GRANTS))
                  .map(EmittedMetrics::described))
          .containsExactlyInAnyOrderElementsOf(
              DocumentedMetrics.all().stream()
                  .filter(DocumentedMetrics.Metric::isOfGrants)
                  .map(MetricNamesTest::described)
                  .toList());
      for (String counter : List.of("rolecall.grants.messages", "rolecall.grants.tokens")) {
        Set<String> results =
            DocumentedMetrics.values()
                .getOrDefault(List.of(counter, "result"), Optional.empty())
                .orElseThrow();
        assertThat(
                emitted
                    .all()
                    .filter(one -> one.getName().equals(counter))
                    .flatMap(one -> one.getData().getPoints().stream())
                    .map(point -> EmittedMetrics.attributes(point).get("result")))
            .isNotEmpty()
            .isSubsetOf(results);
      }
    } finally {
      server.shutdownNow();
    }
  }
}
