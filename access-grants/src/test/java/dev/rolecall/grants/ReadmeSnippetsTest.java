package dev.rolecall.grants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.grant.Grants;
import dev.rolecall.grants.client.AccessExpiry;
import dev.rolecall.grants.client.GrantTokenCredentials;
import dev.rolecall.testsupport.ManualScheduler;
import io.grpc.CallCredentials;
import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptor;
import io.grpc.CompositeCallCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the snippets of this module's README. */
final class ReadmeSnippetsTest {

  private @TempDir Path folder;

  /** A proof that a call has. */
  private static final class Proof extends CallCredentials {
    @Override
    public void applyRequestMetadata(RequestInfo call, Executor executor, MetadataApplier applier) {
      applier.apply(new Metadata());
    }
  }

  @Test
  void feed_ofTwoNodes_isFollowed() {
    ChannelCredentials tls = InsecureChannelCredentials.create();
    CallCredentials proof = new Proof();
    // region feed
    GrantFeed feed =
        GrantFeed.follow("access-1.internal:443", tls)
            .orAt("access-2.internal:443")
            .callCredentials(proof)
            .name("orders-1");
    // endregion

    try (Bench bench = new Bench();
        Grants grants = feed.open(bench.runtime)) {
      assertThat(grants.advice(Bench.ADMIN).orElseThrow()).contains("access-1.internal:443");
    }
  }

  @Test
  void tokens_ofTheKeysInAFile_areHeld() throws IOException {
    Path keys = Files.write(folder.resolve("keys.json"), Tokens.keys(Tokens.KEY).toJson());
    // region tokens
    GrantTokens tokens = GrantTokens.keysFile(keys, "access");
    // endregion

    try (Bench bench = new Bench();
        Grants grants = tokens.open(bench.runtime)) {
      String token = Tokens.sign(Tokens.claims(bench.time.instant()));
      assertThat(
              grants.holdingByToken(Bench.caller(), token, Bench.ADMIN, Optional.empty()).isHeld())
          .isTrue();
    }
  }

  private final List<String> extended = new ArrayList<>();

  private void extend(String method, Duration left) {
    extended.add(method + left);
  }

  @Test
  void client_hasBothHelps() {
    CallCredentials proof = new Proof();
    CallCredentials accessProof = new Proof();
    String grantId = "g1";
    ManualScheduler timer = new ManualScheduler();
    try (FeedServer node = new FeedServer()) {
      ManagedChannel accessService = node.channel();
      // region client
      ClientInterceptor expiry =
          AccessExpiry.notifyBefore(
              Duration.ofMinutes(5), timer, ending -> extend(ending.method(), ending.left()));
      CallCredentials credentials =
          new CompositeCallCredentials(
              proof, GrantTokenCredentials.of(accessService, accessProof, grantId));
      // endregion
      accessService.shutdownNow();

      assertThat(expiry).isNotNull();
      assertThat(credentials).isNotNull();
      assertThat(extended).isEmpty();
    }
  }
}
