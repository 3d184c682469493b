package dev.rolecall.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** A tab of a browser at a console, as far as its requests go. */
final class Tab {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String origin;
  private final String token;

  private Tab(String origin, String token) {
    this.origin = origin;
    this.token = token;
  }

  /** An answer, or a part of one. */
  record Told(int status, Value json) {

    /** The part at a path of field names with dots between them; nothing where there is none. */
    Told at(String path) {
      Value found = json;
      for (String name : path.split("\\.", -1)) {
        found = found.getStructValue().getFieldsOrDefault(name, Value.getDefaultInstance());
      }
      return new Told(status, found);
    }

    /** The text at a path; empty where there is none. */
    String text(String path) {
      return at(path).json().getStringValue();
    }

    /** The parts of a list at a path. */
    List<Told> list(String path) {
      return at(path).json().getListValue().getValuesList().stream()
          .map(each -> new Told(status, each))
          .toList();
    }

    String face() {
      return text("failure.face");
    }
  }

  /** Opens a link, as a browser does. */
  static Tab open(String link) throws IOException, InterruptedException {
    URI at = URI.create(link);
    String origin = "http://" + at.getAuthority();
    String code = at.getFragment().substring("code=".length());
    Tab without = new Tab(origin, "");
    return new Tab(origin, without.post("/session", "{\"code\":\"" + code + "\"}").text("token"));
  }

  /** Asks, as a click does. */
  Told ask(String path, String json) throws IOException, InterruptedException {
    return post("/api/" + path, json);
  }

  private Told post(String path, String json) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(request(path, json), HttpResponse.BodyHandlers.ofString(UTF_8));
    return new Told(answer.statusCode(), read(answer.body()));
  }

  /** Begins a stream of lines. Close it to go away. */
  Lines follow(String path, String json) throws IOException, InterruptedException {
    InputStream body =
        http.send(request("/api/" + path, json), HttpResponse.BodyHandlers.ofInputStream()).body();
    return new Lines(new BufferedReader(new InputStreamReader(body, UTF_8)));
  }

  private HttpRequest request(String path, String json) {
    return HttpRequest.newBuilder(URI.create(origin + path))
        .timeout(PATIENCE)
        .header("Content-Type", "application/json")
        .header("Authorization", "Bearer " + token)
        .header("Origin", origin)
        .POST(HttpRequest.BodyPublishers.ofString(json))
        .build();
  }

  private static Value read(String json) throws InvalidProtocolBufferException {
    Value.Builder value = Value.newBuilder();
    JsonFormat.parser().merge(json, value);
    return value.build();
  }

  /** The lines of a stream. */
  record Lines(BufferedReader reader) implements AutoCloseable {

    /** The next line that is no heartbeat. */
    Told next() throws IOException {
      Value line;
      do {
        line = read(reader.readLine());
      } while (line.getStructValue().getFieldsCount() == 0);
      return new Told(200, line);
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
