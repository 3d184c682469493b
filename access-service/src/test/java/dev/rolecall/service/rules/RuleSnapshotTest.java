package dev.rolecall.service.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.identity.AccountId;
import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.identity.OidcSubject;
import dev.rolecall.identity.Partition;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import dev.rolecall.identity.pattern.RolePattern;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The part of a rule that a request keeps, as JSON. */
class RuleSnapshotTest {

  private static final RoleArn ROLE = RoleArn.parse("arn:aws:iam::111122223333:role/batch");

  @Test
  void snapshot_thatIsWritten_isReadAsItWas() {
    DirectoryName corp = new DirectoryName("corp");
    PermissionSetRole lead =
        new PermissionSetRole(
            new RolePattern.PermissionSet(
                Partition.parse("aws-us-gov"), AccountId.parse("111122223333"), "Lead,+=@-"),
            RoleId.parse("AROALEAD000000000001"));
    RuleSnapshot snapshot =
        new RuleSnapshot(
            new Reviewing(
                List.of(
                    new Party.SsoPeople(corp, List.of(lead)),
                    new Party.IssuerPeople(new DirectoryName("out"), new IssuerAlias("okta")),
                    new Party.OneRole(ROLE, Optional.empty()),
                    new Party.OneRole(ROLE, Optional.of(RoleId.parse("AROABATCH00000000001"))),
                    new Party.OneSubject(OidcSubject.of("okta", "a\"b c"))),
                3,
                Duration.ofHours(8)));

    assertThat(RuleSnapshot.parse(snapshot.json())).isEqualTo(snapshot);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{}",
        "{\"quorum\":1,\"pending_for_s\":60,\"reviewers\":[]}",
        "{\"quorum\":1,\"pending_for_s\":60,\"reviewers\":[[\"team\",\"a\"]]}",
        "{\"quorum\":1,\"pending_for_s\":60,\"reviewers\":[[\"sso\"]]}",
        "{\"quorum\":1,\"pending_for_s\":60,\"reviewers\":[[\"sso\",\"corp\"]]}",
        "{\"quorum\":\"1\",\"pending_for_s\":60,\"reviewers\":[[\"subject\",\"oidc:a:b\"]]}",
        "{\"quorum\":1,\"reviewers\":[[\"subject\",\"oidc:a:b\"]]}",
        "{\"quorum\":1,\"pending_for_s\":60,\"more\":1,\"reviewers\":[[\"subject\",\"oidc:a:b\"]]}"
      })
  void snapshot_thatThisReleaseDoesNotKnow_isRefused(String json) {
    assertThatThrownBy(() -> RuleSnapshot.parse(json)).isInstanceOf(IllegalArgumentException.class);
  }
}
