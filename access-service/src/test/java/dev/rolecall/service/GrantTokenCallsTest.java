package dev.rolecall.service;

import static dev.rolecall.service.StatedCallers.ANA;
import static dev.rolecall.service.StatedCallers.BATCH;
import static dev.rolecall.service.StatedCallers.BEN;
import static dev.rolecall.service.StatedCallers.ORDERS;
import static dev.rolecall.service.StatedCallers.SECURITY;
import static dev.rolecall.service.StatedCallers.UNKNOWN_ENGINEER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.access.grant.Grants;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.grants.GrantTokens;
import dev.rolecall.grants.v1.GetSigningKeysRequest;
import dev.rolecall.grants.v1.Grant;
import dev.rolecall.grants.v1.GrantToken;
import dev.rolecall.grants.v1.IssueGrantTokenRequest;
import dev.rolecall.grants.v1.LockState;
import dev.rolecall.grants.v1.RotateSigningKeysRequest;
import dev.rolecall.grants.v1.SigningKey;
import dev.rolecall.grants.v1.SigningKeyState;
import dev.rolecall.grants.v1.SigningKeys;
import dev.rolecall.identity.Caller;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.service.token.KeySealingException;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Grant tokens by calls of the service, and on a server that has nothing but the keys. */
class GrantTokenCallsTest {

  private static final PermissionName READ = PermissionName.of("orders-read");

  @TempDir private static Path folder;

  private static AccessNode node;
  private static Steps steps;

  @BeforeAll
  static void start() {
    node = AccessNode.withTokens(folder);
    steps = new Steps(node);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static GrantToken issue(Caller caller, String grantId) {
    return node.as(caller)
        .issueGrantToken(IssueGrantTokenRequest.newBuilder().setGrantId(grantId).build());
  }

  private static Failed refused(Caller caller, String grantId) {
    return Failed.of(() -> issue(caller, grantId));
  }

  private static SigningKeys keys(AccessNode of, Caller caller) {
    return of.as(caller).getSigningKeys(GetSigningKeysRequest.getDefaultInstance());
  }

  private static Path keysFile(SigningKeys keys) throws IOException {
    return Files.writeString(
        folder.resolve("keys.json"),
        keys.getKeysList().stream()
            .map(SigningKey::getPublicJwk)
            .collect(Collectors.joining(",", "{\"keys\":[", "]}")));
  }

  @Test
  void issueGrantToken_holder_hasTheGrantWhereTheKeysAreKnown() throws IOException {
    Grant grant = steps.granted(BATCH);
    GrantToken token = issue(BATCH, grant.getId());
    SigningKeys keys = keys(node, ORDERS);

    assertThat(Steps.millis(token.getExpiresAt()))
        .isLessThanOrEqualTo(Steps.millis(grant.getEndsAt()));
    assertThat(keys.getIssuer()).isEqualTo("access");
    assertThat(keys.getKeysList())
        .extracting(SigningKey::getState)
        .containsExactly(SigningKeyState.CURRENT);
    try (AccessRuntime runtime = AccessRuntime.ofDefaults();
        Grants server = GrantTokens.keysFile(keysFile(keys), "access").open(runtime)) {
      assertThat(holds(server, BATCH, token, READ)).isTrue();
      assertThat(holds(server, BATCH, token, PermissionName.of("orders-admin"))).isFalse();
      assertThat(holds(server, ANA, token, READ)).isFalse();
    }
  }

  @Test
  void issueGrantToken_person_isForTheirSessionAlone() throws IOException {
    GrantToken token = issue(ANA, steps.granted(ANA).getId());

    try (AccessRuntime runtime = AccessRuntime.ofDefaults();
        Grants server =
            GrantTokens.keysFile(keysFile(keys(node, ORDERS)), "access").open(runtime)) {
      assertThat(holds(server, ANA, token, READ)).isTrue();
      assertThat(holds(server, BEN, token, READ)).isFalse();
    }
  }

  private static boolean holds(
      Grants server, Caller caller, GrantToken token, PermissionName permission) {
    return server.holdingByToken(caller, token.getToken(), permission, Optional.empty()).isHeld();
  }

  @Test
  void issueGrantToken_others_hearAsOfAnAbsentGrant() {
    Grant grant = steps.granted(ANA);
    Failed other = refused(BEN, grant.getId());
    Failed absent = refused(BEN, grant.getId().substring(0, grant.getId().length() - 1) + "x");

    assertThat(other.code()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(other.reason()).isEqualTo("GRANT_NOT_FOUND").isEqualTo(absent.reason());
    assertThat(refused(UNKNOWN_ENGINEER, grant.getId()).code())
        .isIn(Status.Code.NOT_FOUND, Status.Code.PERMISSION_DENIED);
    assertThat(refused(ORDERS, grant.getId()).code()).isEqualTo(Status.Code.PERMISSION_DENIED);
  }

  @Test
  void issueGrantToken_revoked_isRefused() {
    Grant grant = steps.granted(ANA);
    steps.revoke(ANA, grant.getId());
    Failed refused = refused(ANA, grant.getId());

    assertThat(refused.code()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(refused.reason()).isEqualTo("GRANT_ENDED");
  }

  @Test
  void issueGrantToken_lockedCaller_isRefused_I18() {
    Grant grant = steps.granted(BEN);
    LockState lock = steps.lock(Steps.lockOf("corp/ben@example.com"));
    Failed refused = refused(BEN, grant.getId());
    steps.unlock(lock.getId());

    assertThat(refused.code()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(refused.reason()).isEqualTo("CALLER_LOCKED");
  }

  @Test
  void issueGrantToken_noId_isInvalid() {
    assertThat(refused(ANA, "").code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void rotateSigningKeys_admin_beginsOneRotationOrReplacesAll(@TempDir Path data) {
    try (AccessNode own = AccessNode.withTokens(data)) {
      SigningKeys before = keys(own, ORDERS);
      SigningKeys begun = rotate(own, SECURITY, false);
      Failed again = Failed.of(() -> rotate(own, SECURITY, false));
      SigningKeys replaced = rotate(own, SECURITY, true);

      assertThat(begun.getKeysList())
          .extracting(SigningKey::getState)
          .containsExactlyInAnyOrder(SigningKeyState.CURRENT, SigningKeyState.NEXT);
      assertThat(begun.getKeysList()).containsAll(before.getKeysList());
      assertThat(again.code()).isEqualTo(Status.Code.FAILED_PRECONDITION);
      assertThat(again.reason()).isEqualTo("ROTATION_UNDER_WAY");
      assertThat(replaced.getKeysList())
          .extracting(SigningKey::getState)
          .containsExactly(SigningKeyState.CURRENT);
      assertThat(kids(replaced)).doesNotContainAnyElementsOf(kids(begun));
      assertThat(keys(own, ORDERS)).isEqualTo(replaced);
    }
  }

  @Test
  void rotateSigningKeys_others_areRefused() {
    for (Caller other : List.of(ANA, BATCH, ORDERS)) {
      assertThat(Failed.of(() -> rotate(node, other, true)).code())
          .isEqualTo(Status.Code.PERMISSION_DENIED);
    }
  }

  private static SigningKeys rotate(AccessNode of, Caller caller, boolean refuseTokens) {
    return of.as(caller)
        .rotateSigningKeys(
            RotateSigningKeysRequest.newBuilder().setRefuseTokensUnderWay(refuseTokens).build());
  }

  private static List<String> kids(SigningKeys keys) {
    return keys.getKeysList().stream().map(SigningKey::getKid).toList();
  }

  @Test
  void start_again_signsByTheSameKey(@TempDir Path data) {
    SigningKeys before;
    try (AccessNode first = AccessNode.withTokens(data)) {
      before = keys(first, ORDERS);
    }
    try (AccessNode second = AccessNode.withTokens(data)) {
      assertThat(keys(second, ORDERS)).isEqualTo(before);
    }
  }

  @Test
  void start_sealingKeyIsLost_failsAndKeepsTheStore(@TempDir Path data) throws IOException {
    AccessNode.withTokens(data).close();
    Path key = data.resolve("sealing.key");
    byte[] content = Files.readAllBytes(key);
    Files.delete(key);

    assertThatThrownBy(() -> AccessNode.withTokens(data))
        .isInstanceOf(KeySealingException.class)
        .hasMessageContaining("bring it back");
    assertThat(key).doesNotExist();
    // The folder's lock was given back too.
    Files.write(key, content);
    Files.setPosixFilePermissions(
        key, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    AccessNode.withTokens(data).close();
  }
}
