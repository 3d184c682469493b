package dev.rolecall.stsemulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.stsemulator.protocol.StsAction;
import dev.rolecall.stsemulator.protocol.StsErrorCode;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("attack")
class RequestRefusalTest extends EmulatorTest {

  @ParameterizedTest
  @CsvSource({
    "CreateUser,2011-06-15,CreateUser for version 2011-06-15",
    "getcalleridentity,2011-06-15,getcalleridentity for version 2011-06-15",
    "GetCallerIdentity,2010-05-08,GetCallerIdentity for version 2010-05-08",
    "GetCallerIdentity,,GetCallerIdentity for version NO_VERSION_SPECIFIED",
  })
  void anotherActionOrVersion_isInvalidAction(String action, String version, String message)
      throws Exception {
    TestSigner signer = signer().action(action).without("Version");
    if (version != null) {
      signer.parameter("Version", version);
    }
    assertRefused(
        signer.presign(), StsErrorCode.INVALID_ACTION, "Could not find operation " + message);
  }

  @Test
  void noAction_isMissingAction() throws Exception {
    assertRefused(emulator.endpoint().resolve("/"), StsErrorCode.MISSING_ACTION, "no Action");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "&Action=GetCallerIdentity",
        "&Action=AssumeRole",
        "&%41ction=AssumeRole",
        "&X-Amz-Expires=900",
        "&X-Amz-Credential=x",
        "&Version=2011-06-15"
      })
  void repeatedParameter_isRefused(String more) throws Exception {
    assertRefused(
        URI.create(signer().presign() + more),
        StsErrorCode.MALFORMED_QUERY_STRING,
        "is given more than once.");
  }

  @Test
  void actionInTheQueryAndTheBody_isRefused() throws Exception {
    HttpRequest post =
        HttpRequest.newBuilder(URI.create(emulator.endpoint() + "/?Action=AssumeRole"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("Action=GetCallerIdentity&Version=2011-06-15"))
            .build();
    assertThat(field(send(post), "Code")).isEqualTo("MalformedQueryString");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/sts", "/?/", "//", "/.", "/%2F", "/latest/meta-data"})
  void anotherPath_isRefused(String path) throws Exception {
    String query = signer().presign().getRawQuery();
    HttpResponse<String> answer = get(URI.create(emulator.endpoint() + path + "?" + query));
    assertThat(answer.statusCode()).isBetween(400, 404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "OPTIONS", "get"})
  void anotherMethod_isRefused(String method) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(signer().presign()).method(method, BodyPublishers.noBody()).build();
    HttpResponse<String> answer = send(request);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(field(answer, "Code")).isEqualTo("UnknownOperationException");
  }

  @Test
  void tooLarge_isRefused() throws Exception {
    HttpRequest body =
        HttpRequest.newBuilder(emulator.endpoint().resolve("/"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("A=" + "x".repeat(256 * 1024)))
            .build();
    assertThat(send(body).statusCode()).isEqualTo(413);
    HttpRequest header =
        HttpRequest.newBuilder(signer().presign()).header("x-a", "x".repeat(65_536)).build();
    assertThat(send(header).statusCode()).isEqualTo(413);
    URI target = URI.create(emulator.endpoint() + "/?A=" + "x".repeat(65_536));
    assertThat(get(target).statusCode()).isEqualTo(413);
    assertThat(emulator.requests().of(StsAction.UNKNOWN)).isEqualTo(3);
  }

  @Test
  void whatCannotBeInXml_isReplaced() throws Exception {
    URI uri =
        URI.create(
            emulator.endpoint() + "/?Action=%00%3Cb%3E%26%22%0D%EF%BF%BF&Version=2011-06-15");
    assertThat(field(get(uri), "Message")).contains("\ufffd&lt;b&gt;&amp;&quot;&#xD;\ufffd for");
    assertThat(getJson(uri).body()).contains("\\u0000<b>&\\\"\\r\uffff for");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n\r\n",
        "garbage\r\n\r\n",
        "GET\r\n\r\n",
        "GET / HTTP/1.1\r\nHost\r\n\r\n",
        "GET http://[bad/ HTTP/1.1\r\n\r\n",
        "GET /?%zz&%&=&&==&\u00ff HTTP/1.1\r\nConnection: close\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nshort",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "GET /?X-Amz-Signature=&X-Amz-Credential=//// HTTP/1.1\r\nConnection: close\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000"
      })
  void garbage_harmsNobodyElse(String garbage) throws Exception {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), emulator.endpoint().getPort())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.getOutputStream().write(garbage.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      socket.getInputStream().transferTo(answer);
      assertThat(answer.toString(StandardCharsets.ISO_8859_1)).doesNotContain(" 200 ", " 500 ");
    }
    assertThat(get(signer().presign()).statusCode()).isEqualTo(200);
  }
}
