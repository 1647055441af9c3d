package dev.penstock.datagen.reader;

import dev.penstock.datagen.file.DataException;
import dev.penstock.datagen.file.SourceFile;
import dev.penstock.schemas.serde.LabelKind;
import dev.penstock.schemas.spec.dataset.LabelSpec;
import dev.penstock.schemas.spec.dataset.PayloadSpec;
import dev.penstock.schemas.spec.dataset.SourceSpec;
import dev.penstock.schemas.spec.dataset.SourceSpec.FormatSpec;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;

/** Image files whose folder is their class, scaled to one size, as uint8 tensors. */
final class ImageReader implements SampleReader {

  private final FormatSpec.Images format;
  private final List<SourceFile> files;
  private final List<String> classes;
  private final RowTime time;
  private int row = -1;
  private byte[] payload = new byte[0];

  ImageReader(FormatSpec.Images format, SourceSpec source, Path directory) {
    this.format = format;
    this.files = SourceFile.of(source, directory);
    this.classes = files.stream().map(ImageReader::folder).distinct().sorted().toList();
    this.time = RowTime.of(source);
  }

  PayloadSpec payloadSpec() {
    List<Integer> shape =
        format.color()
            ? List.of(3, format.height(), format.width())
            : List.of(format.height(), format.width());
    return new PayloadSpec.Tensor(PayloadSpec.Dtype.UINT8, shape);
  }

  LabelSpec labelSpec() {
    return new LabelSpec.Classes(classes);
  }

  private static String folder(SourceFile file) {
    return Optional.ofNullable(file.path().getParent())
        .map(Path::getFileName)
        .map(Path::toString)
        .orElse("");
  }

  @Override
  public boolean next() throws IOException {
    if (row + 1 == files.size()) {
      return false;
    }
    row++;
    BufferedImage image;
    try (InputStream in = files.get(row).open()) {
      image = ImageIO.read(in);
    }
    if (image == null) {
      throw new DataException(
          files.get(row).path() + " must be a PNG, JPEG, GIF or BMP image, got another file");
    }
    payload = pixels(scaled(image));
    return true;
  }

  private BufferedImage scaled(BufferedImage image) {
    int type = format.color() ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_BYTE_GRAY;
    BufferedImage result = new BufferedImage(format.width(), format.height(), type);
    Graphics2D graphics = result.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, format.width(), format.height(), null);
    graphics.dispose();
    return result;
  }

  /** Channel by channel, row by row. */
  private byte[] pixels(BufferedImage image) {
    Raster raster = image.getRaster();
    int channels = format.color() ? 3 : 1;
    byte[] bytes = new byte[channels * format.width() * format.height()];
    int position = 0;
    for (int channel = 0; channel < channels; channel++) {
      for (int y = 0; y < format.height(); y++) {
        for (int x = 0; x < format.width(); x++) {
          bytes[position++] = (byte) raster.getSample(x, y, channel);
        }
      }
    }
    return bytes;
  }

  @Override
  public long timestamp() {
    return time.at(row);
  }

  @Override
  public String key() {
    return files.get(row).path().getFileName().toString();
  }

  @Override
  public LabelKind labelKind() {
    return LabelKind.CLASS;
  }

  @Override
  public long labelClass() {
    return classes.indexOf(folder(files.get(row)));
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
  public void close() {}
}
