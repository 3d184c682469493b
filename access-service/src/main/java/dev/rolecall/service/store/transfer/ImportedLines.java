package dev.rolecall.service.store.transfer;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.rolecall.service.store.internal.sql.Epochs;
import java.io.BufferedReader;
import java.io.IOException;
import java.sql.ResultSetMetaData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Reads an export into an empty store, in one transaction. */
final class ImportedLines {

  private static final JsonFactory JSON =
      new JsonFactoryBuilder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final BufferedReader reader;
  private final Handle transaction;
  private final Map<String, Set<String>> columns = new LinkedHashMap<>();
  private long lineNumber;

  private ImportedLines(BufferedReader reader, Handle transaction) {
    this.reader = reader;
    this.transaction = transaction;
  }

  static long read(BufferedReader reader, Jdbi jdbi, String epoch) throws IOException {
    return jdbi.inTransaction(transaction -> new ImportedLines(reader, transaction).read(epoch));
  }

  private long read(String epoch) throws IOException {
    Line head = line();
    if (!Tables.FORMAT.equals(head.fields().get("format"))) {
      throw invalid(
          "no export of an access service (expected: a file of `rolecall access backup`)");
    }
    if (head.number("version") > Tables.VERSION) {
      throw invalid("of a newer program (expected: at most version " + Tables.VERSION + ")");
    }
    checkEmpty();
    Tables.ALL.forEach(table -> columns.put(table, columnsOf(table)));
    long rows = 0;
    for (Line each = line(); ; each = line()) {
      if (each.fields().get("rows") instanceof Long end) {
        if (end != rows) {
          throw invalid("not whole: " + rows + " rows of " + end);
        }
        finish(head, epoch);
        return rows;
      }
      insert(each);
      rows++;
    }
  }

  private void checkEmpty() {
    for (String table : Tables.ALL) {
      long rows = transaction.createQuery("select count(*) from " + table).mapTo(Long.class).one();
      if (rows > 0) {
        throw new InvalidExportException(
            "store: not empty, " + table + " has rows (expected: a new folder or database)");
      }
    }
  }

  private Set<String> columnsOf(String table) {
    return transaction
        .createQuery("select * from " + table + " where 1 = 0")
        .scanResultSet(
            (rows, context) -> {
              Set<String> names = new TreeSet<>();
              ResultSetMetaData description = rows.get().getMetaData();
              for (int i = 1; i <= description.getColumnCount(); i++) {
                names.add(description.getColumnName(i));
              }
              return names;
            });
  }

  /** Names of tables and columns go into the statement: only those that the store has. */
  private void insert(Line line) {
    String table = String.valueOf(line.fields().get("table"));
    Set<String> known = columns.get(table);
    if (known == null || !known.containsAll(line.row().keySet())) {
      throw invalid("a row of no known table, or with an unknown column");
    }
    List<String> names = List.copyOf(line.row().keySet());
    Update update =
        transaction.createUpdate(
            "insert into "
                + table
                + " ("
                + String.join(", ", names)
                + ") values (:"
                + String.join(", :", names)
                + ")");
    line.row().forEach((name, value) -> bind(update, name, value));
    update.execute();
  }

  private static void bind(Update update, String name, @Nullable Object value) {
    if (value instanceof Long number) {
      update.bind(name, number);
    } else if (value instanceof String text) {
      update.bind(name, text);
    } else {
      update.bindByType(name, null, Object.class);
    }
  }

  private void finish(Line head, String epoch) {
    transaction
        .createUpdate(
            "update feed_revision set n = :n, last_ms = case when last_ms > :time then last_ms"
                + " else :time end where one = 1")
        .bind("n", head.number("revision"))
        .bind("time", head.number("time_ms"))
        .execute();
    Epochs.renew(transaction, epoch);
  }

  private Line line() throws IOException {
    String text = reader.readLine();
    lineNumber++;
    if (text == null) {
      throw invalid("not whole: its end is missing");
    }
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw invalid("no JSON object");
      }
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      Map<String, @Nullable Object> row = new LinkedHashMap<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        if (parser.nextToken() == JsonToken.START_OBJECT) {
          while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String column = parser.currentName();
            parser.nextToken();
            row.put(column, value(parser));
          }
        } else {
          fields.put(name, value(parser));
        }
      }
      return new Line(fields, row);
    } catch (JacksonException e) {
      throw invalid("no JSON object");
    }
  }

  private @Nullable Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_NULL -> null;
      default -> throw invalid("a value that is no text and no whole number");
    };
  }

  private InvalidExportException invalid(String what) {
    return new InvalidExportException("export, line " + lineNumber + ": " + what);
  }

  /**
   * A line.
   *
   * @param fields those beside the row
   * @param row the columns of a row; empty for the first and the last line
   */
  private record Line(Map<String, @Nullable Object> fields, Map<String, @Nullable Object> row) {

    long number(String name) {
      return fields.get(name) instanceof Long number ? number : 0;
    }
  }
}
