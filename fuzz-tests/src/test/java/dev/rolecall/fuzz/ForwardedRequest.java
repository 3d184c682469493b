package dev.rolecall.fuzz;

import dev.rolecall.identity.Audience;
import dev.rolecall.identity.Partition;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.proof.StsHost;
import dev.rolecall.verifier.internal.endpoint.RegionName;
import dev.rolecall.verifier.internal.endpoint.StsEndpoint;
import dev.rolecall.verifier.internal.http.StsRequest;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The request that a verifier would send to STS about a proof: its own host, Region and audience,
 * whatever the proof says.
 */
final class ForwardedRequest {

  static final String REGION = "eu-west-1";
  static final Audience AUDIENCE = Audience.of("orders");

  private static final String HOST = "sts.eu-west-1.amazonaws.com";
  private static final StsEndpoint ENDPOINT =
      new StsEndpoint(
          StsHost.parse(HOST),
          URI.create("https://" + HOST),
          new RegionName(REGION),
          Partition.AWS);

  private ForwardedRequest() {}

  /** Checks the request that a proof becomes, and gives its parameters. */
  static Map<String, String> isThatOf(CallerProof proof) {
    StsRequest request = StsRequest.rebuild(ENDPOINT, AUDIENCE, proof);
    String url = request.uri().toString();
    String start = "https://" + HOST + "/?";
    Oracle.holds(url.startsWith(start), "the verifier's own host");
    Map<String, String> parameters = new TreeMap<>();
    for (String parameter : url.substring(start.length()).split("&", -1)) {
      String[] nameAndValue = parameter.split("=", -1);
      Oracle.same(nameAndValue.length, 2, "parts of a parameter");
      Oracle.same(
          parameters.put(
              nameAndValue[0], URLDecoder.decode(nameAndValue[1], StandardCharsets.UTF_8)),
          null,
          "a second value");
    }
    Oracle.same(parameters.get("Action"), "GetCallerIdentity", "Action");
    Oracle.same(parameters.get("Version"), "2011-06-15", "Version");
    Oracle.same(
        parameters.get("X-Amz-Credential"),
        proof.accessKeyId()
            + "/"
            + proof.amzDate().substring(0, 8)
            + "/"
            + REGION
            + "/sts/aws4_request",
        "X-Amz-Credential");
    Oracle.same(
        String.join(";", headersThatAreSigned(request.headers().keySet())),
        parameters.get("X-Amz-SignedHeaders"),
        "signed headers");
    Oracle.holds(
        request.headers().containsValue(AUDIENCE.name()), "the verifier's own audience is signed");
    Oracle.same(request.toString(), "StsRequest[" + HOST + ", ****]", "toString");
    return parameters;
  }

  private static Set<String> headersThatAreSigned(Set<String> headers) {
    Map<String, String> signed = new TreeMap<>();
    headers.forEach(name -> signed.put(name, name));
    signed.remove("accept");
    signed.put("host", "host");
    return signed.keySet();
  }
}
