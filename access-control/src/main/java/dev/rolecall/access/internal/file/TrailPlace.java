package dev.rolecall.access.internal.file;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The place of a line: its trail and its number in it.
 *
 * @param trail the trail's name
 * @param sequence the number, from 1
 */
public record TrailPlace(String trail, long sequence) {

  /** As much of a file's end as is read: several lines of the longest that are written. */
  private static final int TAIL = 1 << 20;

  private static final JsonFactory JSON = new JsonFactory();

  /** Checks that nothing is absent. */
  public TrailPlace {
    requireNonNull(trail, "trail");
  }

  /** The place of the last whole line of a file; empty if it has none that is numbered. */
  public static Optional<TrailPlace> lastOf(Path file) throws IOException {
    byte[] tail = tailOf(file);
    int end = tail.length;
    for (int at = tail.length - 1; at >= -1; at--) {
      if (at == -1 || tail[at] == '\n') {
        Optional<TrailPlace> place = read(tail, at + 1, end);
        if (place.isPresent()) {
          return place;
        }
        end = at;
      }
    }
    return Optional.empty();
  }

  private static byte[] tailOf(Path file) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      long from = Math.max(0, channel.size() - TAIL);
      ByteBuffer bytes = ByteBuffer.allocate((int) (channel.size() - from));
      channel.position(from);
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        // Reads on until the file's end.
      }
      byte[] read = new byte[bytes.position()];
      bytes.flip().get(read);
      return read;
    }
  }

  private static Optional<TrailPlace> read(byte[] bytes, int start, int end) {
    if (end <= start) {
      return Optional.empty();
    }
    try (JsonParser json = JSON.createParser(bytes, start, end - start)) {
      return read(json);
    } catch (IOException e) {
      // A line that is cut, or another's: the one before it may be whole.
      return Optional.empty();
    }
  }

  private static Optional<TrailPlace> read(JsonParser json) throws IOException {
    Optional<String> trail = Optional.empty();
    long sequence = 0;
    JsonToken token = json.nextToken();
    while (token != null) {
      if (token == JsonToken.VALUE_STRING && isIn(json, "unmapped", "trail")) {
        trail = Optional.of(json.getText());
      } else if (token == JsonToken.VALUE_NUMBER_INT && isIn(json, "metadata", "sequence")) {
        sequence = json.getLongValue();
      }
      token = json.nextToken();
    }
    long number = sequence;
    return trail.filter(known -> number > 0).map(known -> new TrailPlace(known, number));
  }

  private static boolean isIn(JsonParser json, String object, String field) throws IOException {
    return json.getParsingContext().pathAsPointer().toString().equals("/" + object + "/" + field);
  }
}
