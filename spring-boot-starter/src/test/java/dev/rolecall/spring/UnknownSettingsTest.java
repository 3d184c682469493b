package dev.rolecall.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** A misspelled property is named, whichever source it is from. */
@Tag("attack")
class UnknownSettingsTest {

  private final ApplicationContextRunner application =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  RolecallServerAutoConfiguration.class, RolecallClientAutoConfiguration.class));

  private ApplicationContextRunner with(PropertySource<?> source) {
    return application.withInitializer(
        context -> {
          var sources = context.getEnvironment().getPropertySources();
          sources.remove(source.getName());
          sources.addFirst(source);
        });
  }

  private ApplicationContextRunner withVariables(String... variables) {
    return with(new SystemEnvironmentPropertySource("systemEnvironment", map(variables)));
  }

  private static void assertStartFails(ApplicationContextRunner application, String... words) {
    application.run(
        context ->
            assertThat(context)
                .getFailure()
                .satisfies(failure -> assertThat(Causes.of(failure)).contains(words)));
  }

  private static Map<String, Object> map(String... settings) {
    return Arrays.stream(settings)
        .map(setting -> setting.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0], pair -> pair[1], (one, other) -> other, LinkedHashMap::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          ROLECALL_SERVER_AUDEINCE                 | ROLECALL_SERVER_AUDIENCE
          ROLECALL_SEVER_AUDIENCE                  | ROLECALL_SERVER_AUDIENCE
          ROLECAL_SERVER_POLICY                    | ROLECALL_SERVER_POLICY
          rolecall_server_polcy                    | ROLECALL_SERVER_POLICY
          ROLECALL_SERVER_REQUIRE_CHANEL_BINDING   | ROLECALL_SERVER_REQUIRECHANNELBINDING
          ROLECALL_SERVER_REQUIRECHANNEL_BINDING   | ROLECALL_SERVER_REQUIRECHANNELBINDING
          ROLECALL_SERVER_ACCEPTCUSTOMENDPOINTS_0_URL | ROLECALL_SERVER_ACCEPTCUSTOMENDPOINTS_0_ENDPOINT
          ROLECALL_SERVER_ACCEPTCUSTOMENDPOINTS_0_ENDPONT | ROLECALL_SERVER_ACCEPTCUSTOMENDPOINTS_0_ENDPOINT
          ROLECALL_SERVER_AUDITING                 | ROLECALL_SERVER_AUDIT_CONDITION
          ROLECALL_SERVER_POLICYRELOADPERIOD       | ROLECALL_SERVER_POLICYPERIOD
          ROLECALL_SERVER_SOMETHING_ELSE_ENTIRELY  | -
          ROLECALL_SERVER_PORT                     | -
          ROLECALL_CLIENT_STS_ENDPOINT             | ROLECALL_STS_ENDPOINT
          ROLECALL_STS_ENDPONT                     | ROLECALL_STS_ENDPOINT
          ROLECALL_STS_SOMETHING_ELSE_ENTIRELY     | -
          ROLECALL_CLIENT_CHANNELS_ORDERS_BEARERPROOF | -
          """)
  void variable_thatIsMisspelled_failsTheStartAndSaysWhatWasMeant(String name, String meant) {
    assertStartFails(
        withVariables(name + "=1"),
        name + ": no such variable",
        meant == null ? "systemEnvironment" : "(did you mean " + meant + "?)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ROLECALL_SERVER_AUDIENCE=orders",
        "rolecall_server_audience=orders",
        "ROLECALL_SERVER_REQUIRECHANNELBINDING=true",
        "ROLECALL_SERVER_REQUIRE_CHANNEL_BINDING=true",
        "ROLECALL_SERVER_ACCEPTREGIONS=eu-west-1",
        "ROLECALL_SERVER_ACCEPTREGIONS_0=eu-west-1",
        "ROLECALL_SERVER_TRUSTACCOUNTS=111122223333",
        "ROLECALL_SERVER_ACCEPTCUSTOMENDPOINTS_0_ENDPOINT=https://sts.example.com",
        "ROLECALL_SERVER_ATTESTEDTLS_HOSTNAMES=orders.internal",
        "ROLECALL_STS_ENDPOINT=https://sts.example.com",
        "ROLECALL_CLIENT_CHANNELS_ORDERS_AUDIENCE=orders",
      })
  void variable_thatIsBound_isTaken(String variable) {
    withVariables(variable).run(context -> assertThat(context).hasNotFailed());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ROLECALL",
        "ROLECALL_SERVER",
        "ROLECALL_CLIENT",
        "ROLECALL_SERVER_AUDIENCE",
        "ROLECALL_DEMO"
      })
  void variablesOfAKubernetesService_doNotBreakTheStart(String service) {
    withVariables(
            service + "_SERVICE_HOST=10.0.0.7",
            service + "_SERVICE_PORT=443",
            service + "_SERVICE_PORT_GRPC=443",
            service + "_PORT=tcp://10.0.0.7:443",
            service + "_PORT_443_TCP=tcp://10.0.0.7:443",
            service + "_PORT_443_TCP_PROTO=tcp",
            service + "_PORT_443_TCP_PORT=443",
            service + "_PORT_443_TCP_ADDR=10.0.0.7",
            service + "_PORT_53_UDP=udp://10.0.0.7:53")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"rolecall.server.audeince", "rolecall.sever.audience", "rolecall.server.Audeince"})
  void misspelledProperty_ofAnySource_failsTheStart(String name) {
    Map<String, Object> settings = map(name + "=orders");
    for (PropertySource<?> source :
        new PropertySource<?>[] {
          new MapPropertySource("systemProperties", settings),
          new MapPropertySource("application.yaml", settings),
          new SimpleCommandLinePropertySource("--" + name + "=orders")
        }) {
      assertStartFails(
          with(source),
          name + ": no such property",
          "(did you mean rolecall.server.audience?)",
          "from " + source.getName());
    }
  }

  @Test
  void propertiesInEachOfBootsSpellings_areTaken() {
    with(new MapPropertySource(
            "application.yaml",
            map(
                "rolecall.server.requireChannelBinding=true",
                "rolecall.server.accept_eks_tokens=true",
                "rolecall.server.accept-regions[0]=eu-west-1",
                "rolecall.server.accept-custom-endpoints[0].endpoint=https://sts.example.com",
                "rolecall.client.channels.orders.audience=orders",
                "rolecall.client.channels[bills].assume-role=arn:aws:iam::111122223333:role/b",
                "rolecall.client.channels[bills].audience=bills",
                "rolecall.client.channels[bills].sts.region=eu-west-1",
                "rolecall.client.channels.orders.sts.region=eu-west-1",
                "rolecall.client.channels.orders.attestedTls.expectServerRoles="
                    + "arn:aws:iam::111122223333:role/orders")))
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void propertyOfTheJvm_thatIsSomebodyElses_isLeftAlone() {
    with(new MapPropertySource("systemProperties", map("rolecall.flood.seconds=60")))
        .run(context -> assertThat(context).hasNotFailed());
    withVariables("ROLECALL_IMAGE=1.2.3", "ROLL=1", "ROLE_ARN=2")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rolecall.flood.seconds",
        "rolecall.server.nothing.of.the.kind",
        "rolecall.server.trust-accounts[0].nothing",
        "role-call.server.nothing.of.the.kind",
        "R-OLECALL.server.nothing.of.the.kind"
      })
  void propertyOfAFile_thatIsUnknownUnderRolecall_failsTheStart(String name) {
    assertStartFails(
        with(new MapPropertySource("application.yaml", map(name + "=60"))),
        name + ": no such property");
  }
}
