package dev.rolecall.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.tests.checkout.Checkout;
import dev.rolecall.tests.docs.SpringProperties.Property;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of the page about Spring have each property, with what IDEs say of it. */
class SpringPropertiesTest {

  private static final Pattern TABLE =
      Pattern.compile("(?m)^<!-- properties: (\\S+) -->\\n((?:\\|.*\\n)+)");

  private static final String CHANNEL = "rolecall.client.channels.<name>";
  private static final String CHANNEL_TLS = CHANNEL + ".attested-tls";
  private static final String CHANNEL_STS = CHANNEL + ".sts";
  private static final String ENDPOINT = "rolecall.server.accept-custom-endpoints[]";
  private static final String ISSUER = "rolecall.server.issuers.<alias>";
  private static final String INTROSPECTION = ISSUER + ".introspection";
  private static final String WEB_IDENTITY = "rolecall.server.web-identity[]";
  private static final String AUTHORITY = "rolecall.server.client-authorities.<alias>";
  private static final String TOKEN = "rolecall.client.token-channels.<name>";
  private static final String ASKED = TOKEN + ".client-credentials";
  private static final String STATED = TOKEN + ".web-identity";
  private static final String STATED_STS = STATED + ".sts";
  private static final String TOKENS = "tokens/RolecallTokenProperties";
  private static final String CALLERS = "callers/RolecallCallerProperties";

  private static final Map<String, String> TABLES =
      TABLE
          .matcher(Checkout.text("docs/spring.md"))
          .results()
          .collect(Collectors.toMap(table -> table.group(1), table -> table.group(2).strip()));

  static Stream<String> owners() {
    return TABLES.keySet().stream().sorted();
  }

  private static List<Property> below(String owner) {
    return switch (owner) {
      case CHANNEL ->
          single(SpringProperties.ofSource(CHANNEL, "RolecallClientProperties", "ChannelProof"));
      case CHANNEL_TLS ->
          SpringProperties.ofSource(CHANNEL_TLS, "RolecallClientProperties", "AttestedTls");
      case CHANNEL_STS ->
          SpringProperties.ofSource(CHANNEL_STS, "RolecallClientProperties", "OwnSts");
      case ENDPOINT ->
          SpringProperties.ofSource(ENDPOINT, "RolecallServerProperties", "CustomEndpoint");
      case ISSUER -> single(SpringProperties.ofSource(ISSUER, CALLERS, "Issuer"));
      case TOKEN -> single(SpringProperties.ofSource(TOKEN, TOKENS, "ChannelToken"));
      case ASKED -> SpringProperties.ofSource(ASKED, TOKENS, "ClientCredentials");
      case STATED -> single(SpringProperties.ofSource(STATED, TOKENS, "WebIdentity"));
      case STATED_STS -> SpringProperties.ofSource(STATED_STS, TOKENS, "TokenSts");
      case INTROSPECTION -> SpringProperties.ofSource(INTROSPECTION, CALLERS, "Introspection");
      case WEB_IDENTITY -> SpringProperties.ofSource(WEB_IDENTITY, CALLERS, "WebIdentity");
      case AUTHORITY -> SpringProperties.ofSource(AUTHORITY, CALLERS, "ClientAuthority");
      default -> SpringProperties.ofMetadata(owner, List.copyOf(TABLES.keySet()));
    };
  }

  /** Those that have no table of their own below them. */
  private static List<Property> single(List<Property> all) {
    return all.stream().filter(each -> !TABLES.containsKey(each.name())).toList();
  }

  @ParameterizedTest
  @MethodSource("owners")
  void table_isOfTheMetadata(String owner) {
    assertThat(TABLES.get(owner)).isEqualTo(SpringProperties.table(owner, below(owner)));
  }

  @Test
  void tables_haveEachProperty() {
    assertThat(TABLES.keySet().stream().flatMap(owner -> below(owner).stream()))
        .extracting(Property::name)
        .hasSizeGreaterThan(35)
        .doesNotHaveDuplicates()
        .containsAll(SpringProperties.ofMetadata().stream().map(Property::name).toList());
  }
}
