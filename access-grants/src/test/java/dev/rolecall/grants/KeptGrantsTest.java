package dev.rolecall.grants;

import static dev.rolecall.identity.RefusalReason.GRANTS_STALE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rolecall.access.grant.Grants;
import dev.rolecall.access.grant.Holding;
import dev.rolecall.grants.v1.Locked;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.testsupport.CapturedLog;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Grants that are kept in a file for a start while the service is away. */
final class KeptGrantsTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final Bench bench = new Bench();
  private @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("grants");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  /** Follows a node, and keeps what it told. */
  private void keep() {
    start(Staleness.STRICT);
    bench.tell(bench.personGrant("g1", "alice@corp", HOUR).addResources("orders/eu"));
    bench.scheduler.pass(Duration.ofSeconds(1));
    bench.tell(Bench.lock("l1", Locked.newBuilder().setPrincipal("oidc:okta:0oa1")));
    bench.grants().close();
    bench.node.refuse(Status.UNAVAILABLE);
  }

  private Grants start(Staleness staleness) {
    return bench.follow(feed -> feed.keepAt(file).fileExecutor(Runnable::run).staleness(staleness));
  }

  private boolean isHeld() {
    return bench.holding(Bench.caller(), "orders/eu").isHeld();
  }

  @Test
  void file_isForItsOwnerAlone() throws IOException {
    keep();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void file_isWrittenAtMostOnceASecondAndConfirmedInBetween() throws IOException {
    start(Staleness.STRICT);
    bench.tell(bench.roleGrant("g1", HOUR));
    byte[] first = Files.readAllBytes(file);
    bench.scheduler.pass(Duration.ofMillis(999));
    bench.tell(bench.roleGrant("g2", HOUR));
    assertThat(Files.readAllBytes(file)).isEqualTo(first);

    bench.scheduler.pass(Duration.ofMillis(1));
    bench.node.say(bench.heartbeat());
    byte[] second = Files.readAllBytes(file);
    assertThat(second).hasSizeGreaterThan(first.length);
    bench.scheduler.pass(Duration.ofSeconds(1));
    bench.node.say(bench.heartbeat());
    assertThat(Files.readAllBytes(file)).isEqualTo(second);
    assertThat(Files.getLastModifiedTime(file).toInstant()).isEqualTo(bench.time.instant());
  }

  @Test
  void start_withinTheLimit_goesOnWithWhatWasKnown() throws IOException {
    keep();
    bench.scheduler.pass(Duration.ofSeconds(4));

    start(Staleness.STRICT);

    assertThat(isHeld()).isTrue();
    assertThat(bench.grants().isLocked(Bench.subject("0oa1"))).isTrue();
    assertThat(bench.holding(Bench.caller("bob@corp"), "orders/eu").isHeld()).isFalse();
    assertThat(bench.node.lastSubscription().getAfterRevision()).isEqualTo(2);
    Holding holding = bench.holding(Bench.caller(), "orders/eu");
    assertThat(holding.isHeld()).isTrue();
    bench.scheduler.pass(Duration.ofSeconds(1));
    assertThat(holding.isHeld()).isFalse();
    assertThat(holding.reason()).isEqualTo(GRANTS_STALE);
  }

  @Test
  void start_atTheLimit_isStaleWhereStrict() throws IOException {
    keep();
    bench.scheduler.pass(Duration.ofSeconds(5));

    start(Staleness.STRICT);

    assertThat(isHeld()).isFalse();
    assertThat(bench.grants().isLocked(Bench.subject("0oa1"))).isTrue();
  }

  @Test
  void start_inAnOutage_goesOnForFiveMinutesWhereBestEffort() throws IOException {
    keep();
    bench.scheduler.pass(Duration.ofSeconds(299));
    start(Staleness.BEST_EFFORT);
    assertThat(isHeld()).isTrue();

    bench.scheduler.pass(Duration.ofSeconds(1));

    assertThat(isHeld()).isFalse();
  }

  @Test
  void start_endsGrantsByTheServicesTime() throws IOException {
    keep();
    long end = bench.serviceMillis() + 60_000;
    bench.node.refuse(Status.OK);
    start(Staleness.BEST_EFFORT);
    bench.tell(bench.personGrant("g1", "alice@corp", HOUR).setEndsAtMs(end));
    bench.grants().close();
    bench.node.refuse(Status.UNAVAILABLE);
    long left = end - bench.serviceMillis();
    start(Staleness.BEST_EFFORT);

    bench.scheduler.pass(Duration.ofMillis(left - 1));
    assertThat(bench.isHeld()).isTrue();
    bench.scheduler.pass(Duration.ofMillis(1));
    assertThat(bench.isHeld()).isFalse();
  }

  @Test
  void file_fromTheFuture_isIgnored() throws IOException {
    keep();
    bench.time.setClock(bench.time.instant().minusSeconds(60));

    assertIgnored("it is of the future");
  }

  @Test
  void file_thatIsDamaged_isIgnored() throws IOException {
    keep();
    FileTime confirmed = Files.getLastModifiedTime(file);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    Files.setLastModifiedTime(file, confirmed);

    assertIgnored("it is damaged");
  }

  @Test
  void file_thatIsCut_isIgnored() throws IOException {
    keep();
    FileTime confirmed = Files.getLastModifiedTime(file);
    Files.write(file, new byte[] {1, 2, 3});
    Files.setLastModifiedTime(file, confirmed);

    assertIgnored("it is damaged");
  }

  @Test
  void file_thatOthersMayRead_isIgnored() throws IOException {
    keep();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    assertIgnored("others may use it (expected: mode 0600)");
  }

  @Test
  void leftover_ofAWriteThatWasCutOff_isReplaced() throws IOException {
    Files.write(folder.resolve("grants.new"), new byte[1]);

    keep();

    assertThat(folder.resolve("grants.new")).doesNotExist();
  }

  @Test
  void leftover_besideTheFileThatALinkLeadsTo_isReplaced() throws IOException {
    Path kept = Files.createFile(folder.resolve("kept"));
    Files.createSymbolicLink(file, kept);
    Files.write(folder.resolve("kept.new"), new byte[1]);

    keep();

    assertThat(folder.resolve("kept.new")).doesNotExist();
    assertThat(Files.size(kept)).isPositive();
  }

  @Test
  void folder_thatIsMissing_isToldAndTheFeedGoesOn() {
    try (CapturedLog log = CapturedLog.of("rolecall.grants", Level.INFO)) {
      bench.follow(feed -> feed.keepAt(folder.resolve("missing").resolve("grants")));
      bench.tell(bench.roleGrant("g1", HOUR));

      // On a thread of its own, as by default.
      await().until(() -> !log.with("could not be kept").isEmpty());
      assertThat(bench.isHeld()).isTrue();
    }
  }

  @Test
  void permissions_thatWereNotKept_areReadAnew() throws IOException {
    keep();
    bench.node.refuse(Status.OK);
    start(Staleness.STRICT);
    bench.grants().require(Set.of(Bench.ADMIN, PermissionName.of("other")));

    assertThat(bench.node.lastSubscription().getAfterRevision()).isZero();
    assertThat(bench.grants().holding(Bench.caller(), Bench.ADMIN, Optional.empty()).isHeld())
        .isFalse();
  }

  private void assertIgnored(String why) {
    try (CapturedLog log = CapturedLog.of("rolecall.grants", Level.INFO)) {
      start(Staleness.BEST_EFFORT);

      assertThat(isHeld()).isFalse();
      assertThat(bench.holding(Bench.caller()).reason()).isEqualTo(GRANTS_STALE);
      assertThat(log.with("WARNING")).first().asString().contains(why);
      assertThat(bench.node.lastSubscription().getAfterRevision()).isZero();
    }
  }
}
