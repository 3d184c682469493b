package dev.rolecall.cli.doctor;

import static dev.rolecall.cli.doctor.ClientFaults.client;
import static dev.rolecall.cli.doctor.ClientFaults.credentials;

import dev.rolecall.cli.doctor.Fault.Question;
import dev.rolecall.testsupport.ClosedPort;
import java.util.List;
import java.util.stream.Stream;

/** Faults of the settings that say where AWS is asked. */
final class SettingFaults {

  private SettingFaults() {}

  static Stream<Fault> all() {
    return Stream.of(switches(), endpoints()).flatMap(List::stream);
  }

  private static Fault switched(String property) {
    return client(
        "a switch that is neither on nor off: " + property,
        "settings",
        property + " is set and not used: it is neither true nor false",
        "set it to true or false",
        scene -> scene.set(property, "maybe"));
  }

  private static List<Fault> switches() {
    return List.of(
        switched("aws.useFipsEndpoint"),
        switched("aws.useDualstackEndpoint"),
        switched("aws.ignoreConfiguredEndpointUrls"),
        new Fault(
            "client",
            "an endpoint setting that is no URL",
            "settings",
            "aws.endpointUrlSts cannot be used",
            "set it right, or unset it",
            scene -> endpoint(scene, "foo"),
            // What it names is as good as --sts: all is in order then.
            scene -> endpoint(scene, scene.shell.sts.endpoint().toString())));
  }

  private static Question endpoint(DoctorScene scene, String url) {
    scene.set("aws.region", "eu-west-1");
    scene.set("aws.endpointUrlSts", url);
    return Question.plain();
  }

  private static List<Fault> endpoints() {
    return List.of(
        credentials(
            "a container endpoint that is no URL",
            "AWS_CONTAINER_CREDENTIALS_FULL_URI is no URL",
            "to https://HOST/PATH",
            scene -> scene.set("aws.containerCredentialsFullUri", "not a url")),
        credentials(
            "a container endpoint that answers something else",
            "the endpoint answered with something that is no credentials",
            "see what answers there",
            scene ->
                scene.set(
                    "aws.containerCredentialsFullUri",
                    scene.answering("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\ngarbage"))),
        credentials(
            "a web identity without a way to STS",
            "web identity token file (EKS service account): STS takes no connection",
            "a way to STS",
            scene -> {
              scene.set("aws.webIdentityTokenFile", scene.write("token", "x").toString());
              scene.set("aws.roleArn", "arn:aws:iam::111122223333:role/a");
              scene.set("aws.region", "eu-west-1");
              scene.set("aws.endpointUrlSts", "http://127.0.0.1:" + ClosedPort.any());
            }));
  }
}
