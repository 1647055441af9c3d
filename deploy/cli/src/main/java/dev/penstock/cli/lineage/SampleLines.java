package dev.penstock.cli.lineage;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.penstock.cli.lineage.LineageCommand.Format;
import java.io.PrintWriter;
import java.time.Instant;

/** Samples as lines of CSV (RFC 4180) or JSON. */
record SampleLines(PrintWriter out, Format format, boolean keys) {

  void head() {
    if (format == Format.CSV) {
      out.println("partition,offset,weight" + (keys ? ",time,key" : ""));
    }
  }

  void line(int partition, long offset, float weight) {
    out.println(
        format == Format.CSV
            ? partition + "," + offset + "," + weight
            : json(partition, offset, weight) + "}");
  }

  void line(SampleLog.Entry sample, float weight) {
    String time = Instant.ofEpochMilli(sample.timestamp()).toString();
    if (format == Format.CSV) {
      out.println(
          sample.partition()
              + ","
              + sample.offset()
              + ","
              + weight
              + ","
              + time
              + ",\""
              + sample.key().replace("\"", "\"\"")
              + "\"");
    } else {
      String key = new String(JsonStringEncoder.getInstance().quoteAsString(sample.key()));
      out.println(
          json(sample.partition(), sample.offset(), weight)
              + ", \"time\": \""
              + time
              + "\", \"key\": \""
              + key
              + "\"}");
    }
  }

  private static String json(int partition, long offset, float weight) {
    return "{\"partition\": " + partition + ", \"offset\": " + offset + ", \"weight\": " + weight;
  }
}
