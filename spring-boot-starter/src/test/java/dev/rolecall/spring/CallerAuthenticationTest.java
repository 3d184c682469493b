package dev.rolecall.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;
import org.springframework.security.core.GrantedAuthority;

class CallerAuthenticationTest {

  private final CallerAuthentication caller = new CallerAuthentication(Callers.CHECKOUT);

  @Test
  void authorities_areTheTextsAPolicyWouldNameItBy_andNoOthers() {
    assertThat(caller.getAuthorities())
        .extracting(GrantedAuthority::getAuthority)
        .containsExactly(
            "arn:aws:iam::111122223333:role/checkout",
            "arn:aws:iam::111122223333:role/checkout#AROAEXAMPLEEXAMPLE123",
            "arn:aws:iam::111122223333:*");
  }

  @Test
  void principal_isTheCaller_underItsRolesName() {
    assertThat(caller.getPrincipal()).isEqualTo(Callers.CHECKOUT);
    assertThat(caller.getName()).isEqualTo("arn:aws:iam::111122223333:role/checkout");
  }

  @Test
  void credentials_areNone() {
    assertThat(caller.getCredentials()).isNull();
    assertThat(caller.getDetails()).isNull();
  }

  @Test
  void standing_canBeTakenAway_butNotGiven() {
    assertThat(caller.isAuthenticated()).isTrue();
    caller.setAuthenticated(false);

    assertThat(caller.isAuthenticated()).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> caller.setAuthenticated(true));
    assertThat(caller.isAuthenticated()).isFalse();
  }

  @Test
  void storing_isRefused() throws Exception {
    try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
      assertThatExceptionOfType(NotSerializableException.class)
          .isThrownBy(() -> out.writeObject(caller));
    }
  }
}
