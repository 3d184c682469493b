package dev.rolecall.decisions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.AuditRules;
import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.access.runtime.AccessRuntime;
import io.grpc.Server;
import io.grpc.inprocess.InProcessServerBuilder;
import org.junit.jupiter.api.Test;

/** Runs the snippets of this module's README. */
final class ReadmeSnippetsTest {

  @Test
  void feed_isBesideTheRules_andServed() {
    InProcessServerBuilder server = InProcessServerBuilder.forName("snippet");
    // region feed
    AccessRuntime runtime = AccessRuntime.ofDefaults();
    DecisionFeed feed = DecisionFeed.open(runtime);
    AuditRules rules = feed.beside(AuditRules.ofDefaults());
    server.addService(feed.service());
    // endregion

    Server built = server.build();
    assertThat(rules.condition()).isEqualTo(AuditCondition.BOTH);
    assertThat(built.getServices())
        .extracting(service -> service.getServiceDescriptor().getName())
        .containsExactly("rolecall.decisions.v1.Decisions");
    built.shutdownNow();
    feed.close();
    runtime.close();
  }
}
