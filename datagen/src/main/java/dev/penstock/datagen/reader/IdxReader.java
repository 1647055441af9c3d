package dev.penstock.datagen.reader;

import dev.penstock.datagen.file.DataException;
import dev.penstock.datagen.file.SourceFile;
import dev.penstock.schemas.serde.LabelKind;
import dev.penstock.schemas.spec.dataset.LabelSpec;
import dev.penstock.schemas.spec.dataset.PayloadSpec;
import dev.penstock.schemas.spec.dataset.SourceSpec;
import dev.penstock.schemas.spec.dataset.SourceSpec.FormatSpec;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * IDX files, as MNIST is published (LeCun et al. 1998): a magic number whose third byte is the type
 * and fourth the number of dimensions, the dimensions, the data, all big-endian. Unsigned bytes
 * only.
 */
final class IdxReader implements SampleReader {

  private static final int UNSIGNED_BYTE = 0x08;

  private final Iterator<SourceFile> images;
  private final Iterator<SourceFile> labels;
  private final List<SourceFile> labelFiles;
  private final RowTime time;
  private List<Integer> shape = List.of();
  private @Nullable DataInputStream imageIn;
  private @Nullable DataInputStream labelIn;
  private int remaining;
  private long row = -1;
  private int label;
  private byte[] payload = new byte[0];

  IdxReader(FormatSpec.Idx format, SourceSpec source, Path directory) throws IOException {
    List<SourceFile> imageFiles = SourceFile.of(source, directory);
    labelFiles = new ArrayList<>();
    for (String name : format.labels()) {
      labelFiles.addAll(SourceFile.resolve(name, directory));
    }
    if (imageFiles.size() != labelFiles.size()) {
      throw new DataException(
          "labels must be one file for each of "
              + imageFiles.size()
              + " image files, got "
              + labelFiles.size());
    }
    images = imageFiles.iterator();
    labels = labelFiles.iterator();
    time = RowTime.of(source);
    nextFile();
  }

  PayloadSpec payloadSpec() {
    return new PayloadSpec.Tensor(PayloadSpec.Dtype.UINT8, shape);
  }

  /** Classes from 0 to the highest label of all files. */
  LabelSpec labelSpec() throws IOException {
    int highest = 1;
    for (SourceFile file : labelFiles) {
      try (DataInputStream in = new DataInputStream(file.open())) {
        int count = header(in, file).get(0);
        for (int i = 0; i < count; i++) {
          highest = Math.max(highest, in.readUnsignedByte());
        }
      }
    }
    return new LabelSpec.Classes(
        IntStream.rangeClosed(0, highest).mapToObj(String::valueOf).toList());
  }

  private boolean nextFile() throws IOException {
    close();
    if (!images.hasNext()) {
      return false;
    }
    SourceFile imageFile = images.next();
    SourceFile labelFile = labels.next();
    imageIn = new DataInputStream(imageFile.open());
    labelIn = new DataInputStream(labelFile.open());
    List<Integer> imageDimensions = header(imageIn, imageFile);
    List<Integer> labelDimensions = header(labelIn, labelFile);
    if (imageDimensions.size() < 2
        || labelDimensions.size() != 1
        || !imageDimensions.get(0).equals(labelDimensions.get(0))) {
      throw new DataException(
          labelFile
              + " must have one label for each of "
              + imageFile
              + ", got "
              + labelDimensions
              + " for "
              + imageDimensions);
    }
    List<Integer> found = imageDimensions.subList(1, imageDimensions.size());
    if (!shape.isEmpty() && !shape.equals(found)) {
      throw new DataException(imageFile + " must have images of " + shape + ", got " + found);
    }
    shape = List.copyOf(found);
    remaining = imageDimensions.get(0);
    return true;
  }

  private static List<Integer> header(DataInputStream in, SourceFile file) throws IOException {
    int magic = in.readInt();
    if (magic >>> 16 != 0 || (magic >>> 8 & 0xFF) != UNSIGNED_BYTE) {
      throw new DataException(
          file
              + " must be an IDX file of unsigned bytes, got magic number "
              + Integer.toHexString(magic));
    }
    List<Integer> dimensions = new ArrayList<>();
    for (int i = 0; i < (magic & 0xFF); i++) {
      dimensions.add(in.readInt());
    }
    return dimensions;
  }

  @Override
  public boolean next() throws IOException {
    while (remaining == 0) {
      if (!nextFile()) {
        return false;
      }
    }
    DataInputStream image = imageIn;
    DataInputStream labelData = labelIn;
    if (image == null || labelData == null) {
      return false;
    }
    payload = new byte[shape.stream().reduce(1, Math::multiplyExact)];
    image.readFully(payload);
    label = labelData.readUnsignedByte();
    remaining--;
    row++;
    return true;
  }

  @Override
  public long timestamp() {
    return time.at(row);
  }

  @Override
  public String key() {
    return String.valueOf(row);
  }

  @Override
  public LabelKind labelKind() {
    return LabelKind.CLASS;
  }

  @Override
  public long labelClass() {
    return label;
  }

  @Override
  public double labelReal() {
    return Double.NaN;
  }

  @Override
  public byte[] payload() {
    return payload;
  }

  @Override
  public void close() throws IOException {
    if (imageIn != null) {
      imageIn.close();
      imageIn = null;
    }
    if (labelIn != null) {
      labelIn.close();
      labelIn = null;
    }
  }
}
