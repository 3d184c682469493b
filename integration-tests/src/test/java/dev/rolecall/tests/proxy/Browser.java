package dev.rolecall.tests.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rolecall.testsupport.TestCertificate;
import io.grpc.Status;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser with cookies, which follows redirects, and whose pages call by gRPC-Web. */
final class Browser {

  private static final Pattern STATUS = Pattern.compile("grpc-status: ?(\\d+)");
  private static final int FRAME = 5;
  private static final int MOST_HOPS = 10;

  private final HttpClient client;
  private final URI origin;

  /**
   * A browser without cookies.
   *
   * @param origin the site that it visits
   * @param trusted the certificate of the site
   */
  Browser(URI origin, TestCertificate trusted) {
    this.origin = origin;
    this.client =
        HttpClient.newBuilder()
            .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
            .sslContext(trusted.context())
            .build();
  }

  /** The answer of a call. */
  record Answer(int http, Status.Code code, String text) {}

  /** Visits a page, wherever that leads. The JDK's own client follows fewer redirects. */
  HttpResponse<String> visit(String path) throws IOException, InterruptedException {
    URI at = origin.resolve(path);
    for (int hops = 0; hops < MOST_HOPS; hops++) {
      HttpResponse<String> page =
          client.send(HttpRequest.newBuilder(at).build(), BodyHandlers.ofString());
      Optional<String> location = page.headers().firstValue("location");
      if (location.isEmpty()) {
        return page;
      }
      at = at.resolve(location.get());
    }
    throw new AssertionError("redirected without end, last to " + at.getPath());
  }

  /** Has a page call a method. */
  Answer call(String method, String message) throws IOException, InterruptedException {
    return call(method, message, Map.of("Origin", origin.toString()));
  }

  /** The same with those headers. */
  Answer call(String method, String message, Map<String, String> headers)
      throws IOException, InterruptedException {
    byte[] text = message.getBytes(UTF_8);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(origin.resolve("/" + method))
            .header("Content-Type", "application/grpc-web+proto")
            .header("X-Grpc-Web", "1")
            .POST(
                BodyPublishers.ofByteArray(
                    ByteBuffer.allocate(FRAME + text.length)
                        .put((byte) 0)
                        .putInt(text.length)
                        .put(text)
                        .array()));
    headers.forEach(request::header);
    HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
    String body = new String(response.body(), UTF_8);
    // In the headers of an answer without a message, and else in the last frame of the body.
    String said =
        "grpc-status:" + response.headers().firstValue("grpc-status").orElse("") + "\n" + body;
    Matcher status = STATUS.matcher(said);
    return new Answer(
        response.statusCode(),
        status.find()
            ? Status.fromCodeValue(Integer.parseInt(status.group(1))).getCode()
            : Status.Code.UNKNOWN,
        body);
  }
}
