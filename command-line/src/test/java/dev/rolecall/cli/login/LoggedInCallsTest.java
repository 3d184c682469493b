package dev.rolecall.cli.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rolecall.cli.connect.LoginTokens;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.input.LoginFile;
import dev.rolecall.cli.input.StoredLogin;
import dev.rolecall.tokencredentials.UserLogin;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tokens of calls with {@code --login}. */
final class LoggedInCallsTest {

  private final FakeIssuer issuer = new FakeIssuer();

  @TempDir Path folder;

  @BeforeEach
  void logIn() throws IOException {
    file()
        .write(
            new StoredLogin(
                URI.create(issuer.url()),
                "cli",
                new UserLogin.Wish(
                    Optional.of("openid orders:read"), Optional.of("orders"), Optional.empty()),
                Optional.empty()),
            "refresh-0");
  }

  @AfterEach
  void close() {
    issuer.close();
  }

  @Test
  void token_isMadeWithTheRefreshToken_andItsSuccessorKept() {
    issuer.tokens("access-1", "refresh-1");
    Supplier<String> tokens = LoginTokens.of(file());

    assertThat(tokens.get()).isEqualTo("access-1");
    assertThat(tokens.get()).isEqualTo("access-1");
    assertThat(issuer.forms())
        .last()
        .asString()
        .contains("grant_type=refresh_token", "refresh_token=refresh-0", "client_id=cli")
        .contains("audience=orders")
        .as("the login may have been granted less than it asked for")
        .doesNotContain("scope=");
    assertThat(file().read()).isEqualTo("refresh-1");
  }

  @Test
  void token_withoutSuccessor_leavesTheRefreshToken() {
    issuer.answer(
        200, "{\"access_token\":\"access-1\",\"token_type\":\"Bearer\",\"expires_in\":60}");

    assertThat(LoginTokens.of(file()).get()).isEqualTo("access-1");
    assertThat(file().read()).isEqualTo("refresh-0");
  }

  @ParameterizedTest
  @CsvSource({
    "400, invalid_grant, UNAUTHENTICATED, log in again",
    "503, x, UNAVAILABLE, tried again"
  })
  void token_thatIsNotHad_tellsRefusalFromOutage(
      int http, String error, Status.Code code, String words) {
    issuer.answer(http, "{\"error\":\"" + error + "\"}");
    Supplier<String> tokens = LoginTokens.of(file());

    StatusRuntimeException failure =
        catchThrowableOfType(StatusRuntimeException.class, tokens::get);

    assertThat(failure.getStatus().getCode()).isEqualTo(code);
    assertThat(failure).hasMessageContaining(words).hasMessageNotContaining("refresh-0");
    assertThat(file().read()).isEqualTo("refresh-0");
  }

  @Test
  void login_thatIsNotThere_saysHowToBegin() {
    assertThatThrownBy(() -> LoginTokens.of(LoginFile.of(folder, "other")))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("rolecall login other");
  }

  private LoginFile file() {
    return LoginFile.of(folder, "work");
  }
}
