package dev.rolecall.tests.console;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.WebElement;

/** The stories of grants, in the browsers of a requester and two approvers. */
@Timeout(480)
final class StoryTest {

  @RegisterExtension static final ConsoleStage STAGE = new ConsoleStage();

  @Test
  void grant_isAskedForApprovedByTwoAndRevokedToTheLastServer_withoutAReload() throws Exception {
    Tab ana = STAGE.tab("ana");
    Tab ben = STAGE.tab("ben");
    Tab cid = STAGE.tab("cid");
    ben.one("connection", "Connected");

    ana.ask("orders-admin", "INC-1042 replay");

    // It comes by itself, in both.
    assertThat(cid.request("INC-1042 replay").getText()).contains("ana@example.com", "2 missing");
    Tab.in(ben.request("INC-1042 replay"), "approve").click();
    ben.click("less");
    ben.type("duration", "30 min");
    ben.type("reason", "half an hour will do");
    ben.click("confirm");
    cid.until(() -> cid.request("INC-1042 replay").getText().contains("1 missing"));
    assertThat(cid.request("INC-1042 replay").getText()).contains("half an hour will do");
    cid.vote("INC-1042 replay", "approve");

    assertThat(ana.one("my-grant").getText()).contains("orders-admin", "min left");
    CompletableFuture<Status> stream = STAGE.scene().stream("ana");

    ben.go("live");
    WebElement grant = ben.one("grant", "ana@example.com");
    assertThat(grant.getText()).contains("ben@example.com", "cid@example.com");
    Tab.in(grant, "revoke").click();
    ben.confirm("INC-1042 is closed");
    ben.until(() -> ben.all("acknowledged").size() == 2);

    assertThat(stream.get(60, SECONDS).getDescription()).contains("GRANT_REVOKED");
    ben.click("close");
    ben.go("activity");
    ben.one("event", "INC-1042 is closed");
    assertThat(ben.all("event"))
        .extracting(each -> each.getAttribute("data-kind"))
        .contains("request.created", "request.approved", "grant.revoked");
    assertThat(ben.complaints()).isEmpty();
    assertThat(ana.complaints()).isEmpty();
  }

  @Test
  void otherSteps_eachDoWhatTheySay() throws Exception {
    Tab ana = STAGE.tab("ana");
    Tab ben = STAGE.tab("ben");
    Tab cid = STAGE.tab("cid");

    ana.ask("orders-admin", "taken back");
    Tab.in(ana.one("my-request", "taken back"), "cancel-request").click();
    Tab.in(ana.one("dialog"), "confirm").click();
    ana.until(() -> ana.one("my-request", "taken back").getText().contains("cancelled"));

    ana.ask("orders-admin", "not today");
    ben.vote("not today", "deny");
    ana.until(() -> ana.one("my-request", "not today").getText().contains("denied"));

    ana.ask("orders-admin", "for the night");
    ben.vote("for the night", "approve");
    cid.vote("for the night", "approve");
    Tab.in(ana.one("my-grant", "orders-admin"), "extend").click();
    WebElement duration = Tab.in(ana.one("dialog"), "duration");
    duration.clear();
    duration.sendKeys("3 h");
    ana.confirm("the night is long");
    ben.vote("the night is long", "approve");
    cid.vote("the night is long", "approve");
    ana.until(() -> ana.one("my-grant", "orders-admin").getText().matches("(?s).*[23] h.*left.*"));

    Tab.in(ana.one("my-grant", "orders-admin"), "give-back").click();
    ana.confirm("all is well");
    ana.until(() -> ana.all("my-grant").isEmpty());

    ben.go("live");
    ben.click("lock-new");
    ben.type("person", "corp/gone@example.com");
    ben.confirm("has left");
    ben.until(() -> ben.all("acknowledged").size() == 2);
    ben.click("close");
    Tab.in(ben.one("lock", "corp/gone@example.com"), "unlock").click();
    ben.confirm("has come back");
    ben.until(() -> ben.all("lock").isEmpty());
    assertThat(ben.complaints()).isEmpty();
  }

  @Test
  void emergency_isTakenAtOnceAndReviewedAfterwards() throws Exception {
    Tab ana = STAGE.tab("ana");
    Tab ben = STAGE.tab("ben");

    ana.fill("orders-admin", "the database is full", "20 min");
    Tab.in(ana.one("ask-form"), "emergency").click();
    Tab.in(ana.one("ask-form"), "confirm").click();

    ana.one("my-grant", "orders-admin");
    ben.go("live");
    ben.go("inbox");
    Tab.in(ben.request("the database is full"), "flag").click();
    Tab.in(ben.one("review-form"), "reason").sendKeys("there was time to ask");
    Tab.in(ben.one("review-form"), "confirm").click();
    ana.until(() -> ana.all("my-grant").isEmpty());
  }

  @Test
  void decisionsAndPolicy_answerAtOnce() throws Exception {
    Tab ben = STAGE.tab("ben");

    ben.go("decisions");
    ben.one("method", "rolecall.decisions.v1.Decisions/WatchDecisions");
    ben.go("policy");
    ben.script(
        "const area = document.querySelector('[data-testid=policy-text]'); area.value ="
            + " arguments[0]; area.dispatchEvent(new Event('input', {bubbles: true}));",
        ConsoleScene.POLICY);
    ben.found(() -> ben.all("cell").stream().findFirst());
    assertThat(ben.all("cell"))
        .extracting(cell -> cell.getAttribute("data-answer"))
        .contains("needs_grant", "allow", "deny");
    ben.type("explain-caller", "arn:aws:iam::111122223333:role/guest");
    ben.type("explain-method", "/rolecall.demo.v1.Echo/Say");
    Tab.in(ben.one("explain-form"), "confirm").click();
    assertThat(ben.one("verdict").getText()).isEqualTo("refused");
    ben.script(
        "const area = document.querySelector('[data-testid=policy-text]'); area.value ="
            + " arguments[0]; area.dispatchEvent(new Event('input', {bubbles: true}));",
        ConsoleScene.POLICY.replace("Decisions/*", "Decisions/None"));
    ben.click("try");
    assertThat(ben.one("change").getText()).contains("Decisions/WatchDecisions");
    assertThat(ben.complaints()).isEmpty();
  }
}
