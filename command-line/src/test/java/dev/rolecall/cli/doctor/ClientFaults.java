package dev.rolecall.cli.doctor;

import dev.rolecall.cli.doctor.Fault.Question;
import dev.rolecall.stsemulator.EmulatedPrincipal;
import dev.rolecall.testsupport.ClosedPort;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Faults of the caller's own side: its credentials, its Region, its identity. */
final class ClientFaults {

  private static final String KEYS =
      "aws_access_key_id = ASIAEXAMPLE000000001\naws_secret_access_key = x\naws_session_token = x\n";
  private static final String ROLE = "role_arn = arn:aws:iam::111122223333:role/a\n";

  private ClientFaults() {}

  static Stream<Fault> all() {
    return Stream.of(settings(), profiles(), endpoints(), identities()).flatMap(List::stream);
  }

  static Fault client(
      String name, String check, String found, String cure, Consumer<DoctorScene> seed) {
    return new Fault(
        "client",
        name,
        check,
        found,
        cure,
        scene -> {
          seed.accept(scene);
          return Question.of(scene);
        },
        scene -> {
          scene.mend();
          return Question.of(scene);
        });
  }

  static Fault credentials(String name, String found, String cure, Consumer<DoctorScene> seed) {
    return client(
        name,
        "credentials",
        found,
        cure,
        scene -> {
          scene.shell.use(null);
          seed.accept(scene);
        });
  }

  private static List<Fault> settings() {
    return List.of(
        credentials("no credentials", "none, in any place", "set AWS_PROFILE", scene -> {}),
        credentials(
            "a key id without its key",
            "Java system properties: aws.secretAccessKey not set",
            "set all that place needs",
            scene -> scene.set("aws.accessKeyId", "ASIAEXAMPLE000000001")),
        credentials(
            "a session token alone",
            "aws.accessKeyId and aws.secretAccessKey not set",
            "set all that place needs",
            scene -> scene.set("aws.sessionToken", "x")),
        credentials(
            "a temporary key without its session token",
            "is a temporary key (ASIA...) without its session token, from Java system properties",
            "AWS_SESSION_TOKEN",
            scene -> {
              scene.set("aws.accessKeyId", "ASIAEXAMPLE000000001");
              scene.set("aws.secretAccessKey", "x");
            }),
        client(
            "half a place before a whole one",
            "credentials",
            "passed over: Java system properties: aws.secretAccessKey not set",
            "or unset it",
            scene -> {
              scene.profile("whole", "[whole]\n" + KEYS);
              scene.set("aws.accessKeyId", "ASIAEXAMPLE000000001");
            }),
        credentials(
            "a token file without a role",
            "AWS_ROLE_ARN is not",
            "role and token file",
            scene -> scene.set("aws.webIdentityTokenFile", "/nowhere/token")),
        credentials(
            "a token file that is missing",
            "the token file /nowhere/token is missing",
            "put the file there",
            scene -> {
              scene.set("aws.webIdentityTokenFile", "/nowhere/token");
              scene.set("aws.roleArn", "arn:aws:iam::111122223333:role/a");
            }),
        credentials(
            "a token file that is a folder",
            "cannot be read",
            "put the file there",
            scene -> {
              scene.set("aws.webIdentityTokenFile", scene.directory.toString());
              scene.set("aws.roleArn", "arn:aws:iam::111122223333:role/a");
            }));
  }

  private static Fault profile(
      String fault, String found, String cure, String name, String... file) {
    return credentials(fault, found, cure, scene -> scene.profile(name, String.join("", file)));
  }

  private static List<Fault> profiles() {
    return List.of(
        profile(
            "a mistyped profile",
            "no profile 'chekout' (did you mean 'checkout'?)",
            "correct AWS_PROFILE",
            "chekout",
            "[checkout]\n" + KEYS),
        profile(
            "profiles in a circle",
            "a -> b -> a",
            "have one of them name credentials of its own",
            "a",
            "[a]\n" + ROLE + "source_profile = b\n",
            "[b]\n" + ROLE + "source_profile = a\n"),
        profile(
            "a source that is missing",
            "'a' has a source_profile that is missing: 'gone'",
            "or source_profile",
            "a",
            "[a]\n" + ROLE + "source_profile = gone\n"),
        profile(
            "a role without a source",
            "neither source_profile nor credential_source",
            "set all that place needs",
            "a",
            "[a]\n" + ROLE),
        profile(
            "half the keys",
            "'a' lacks aws_secret_access_key",
            "set all that place needs",
            "a",
            "[a]\naws_access_key_id = ASIAEXAMPLE000000001\n"),
        profile(
            "a profile with a Region alone",
            "'a' holds no credentials",
            "or unset it",
            "a",
            "[a]\nregion = eu-west-1\n"),
        profile(
            "a process that fails",
            "ended with status 3",
            "run the profile's credential_process",
            "a",
            "[a]\ncredential_process = sh -c \"exit 3\"\n"),
        new Fault(
            "client",
            "a process that never ends",
            "credentials",
            "has not ended after",
            "must end by itself",
            scene -> {
              scene.profile("a", "[a]\ncredential_process = sleep 5\n");
              return Question.of(scene).hastily();
            },
            scene -> Question.of(scene)),
        profile(
            "a process that is not there",
            "ended with status 127: no such command",
            "run the profile's credential_process",
            "a",
            "[a]\ncredential_process = /nowhere/command\n"),
        profile(
            "a process that prints no JSON",
            "printed no credentials in JSON",
            "\"Version\": 1",
            "a",
            "[a]\ncredential_process = echo hello\n"),
        credentials(
            "no single sign-on",
            "not signed in",
            "aws sso login",
            scene -> {
              scene.set("user.home", scene.directory.toString());
              scene.profile(
                  "a",
                  """
                  [a]
                  sso_start_url = https://corp.invalid
                  sso_region = eu-west-1
                  sso_account_id = 111122223333
                  sso_role_name = dev
                  """);
            }),
        profile(
            "a file that is none", "is not as it should be", "put the file there", "a", "[a\n"));
  }

  private static Fault container(String fault, String found, String cure, int status) {
    return credentials(
        fault,
        found,
        cure,
        scene -> {
          String body = "HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\n\r\n";
          scene.set("aws.containerCredentialsFullUri", scene.answering(body));
        });
  }

  private static List<Fault> endpoints() {
    return List.of(
        container("a container endpoint that forbids", "answered HTTP 403", "a role is", 403),
        container("a container endpoint in trouble", "answered HTTP 500", "its agent runs", 500),
        credentials(
            "a container endpoint that is down",
            "the endpoint takes no connection",
            "see that the agent runs",
            scene ->
                scene.set(
                    "aws.containerCredentialsFullUri", "http://127.0.0.1:" + ClosedPort.any())),
        credentials(
            "a container endpoint of another machine",
            "the URI is not one that may be asked",
            "or unset it",
            scene -> scene.set("aws.containerCredentialsFullUri", "http://192.0.2.1/")),
        credentials(
            "an instance without a role",
            "no role is attached to this instance",
            "a role is attached",
            scene -> {
              scene.set("aws.disableEc2Metadata", "false");
              scene.set(
                  "aws.ec2MetadataServiceEndpoint",
                  scene.answering("HTTP/1.1 404 X\r\nContent-Length: 0\r\n\r\n"));
            }));
  }

  private static List<Fault> identities() {
    return List.of(
        client(
            "a session that is over",
            "identity",
            "ExpiredToken",
            "aws sso login",
            scene ->
                scene.shell.use(
                    scene.shell.sts.add(
                        EmulatedPrincipal.builder(DoctorShell.CHECKOUT)
                            .sessionName("late")
                            .expiresAt(Clock.systemUTC().instant().minusSeconds(60))
                            .build()))),
        client(
            "a key that is not the key id's",
            "identity",
            "SignatureDoesNotMatch",
            "not that of the key id",
            scene -> scene.set("aws.secretAccessKey", "A".repeat(40))),
        client(
            "a key that nobody knows",
            "identity",
            "InvalidClientTokenId",
            "no such key",
            scene -> scene.set("aws.accessKeyId", "ASIAAAAAAAAAAAAAAAAA")),
        client(
            "a user",
            "identity",
            "user/alice is not a role",
            "--assume-role",
            scene ->
                scene.shell.use(
                    scene.shell.sts.add(
                        EmulatedPrincipal.of("arn:aws:iam::111122223333:user/alice")))),
        new Fault(
            "client",
            "a Region that is none",
            "region",
            "not the name of a Region: Frankfurt",
            "such as eu-west-1",
            scene -> Question.of(scene, "--region", "Frankfurt"),
            scene -> Question.of(scene, "--region", "eu-west-1")),
        new Fault(
            "client",
            "a role that may not be assumed",
            "role",
            "AccessDenied",
            "trust policy",
            scene -> Question.of(scene, "--assume-role", "arn:aws:iam::111122223333:role/none"),
            scene -> Question.of(scene, "--assume-role", DoctorShell.CHECKOUT)));
  }
}
