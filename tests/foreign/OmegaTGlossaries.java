import java.io.File;
import java.io.PrintStream;
import java.util.List;
import org.omegat.core.Core;
import org.omegat.core.data.NotLoadedProject;
import org.omegat.core.data.ProjectProperties;
import org.omegat.gui.glossary.GlossaryEntry;
import org.omegat.gui.glossary.GlossaryReaderCSV;
import org.omegat.gui.glossary.GlossaryReaderTBX;
import org.omegat.gui.glossary.GlossaryReaderTSV;

/** Prints what OmegaT reads in glossaries: the name of the file, the source term and the target term. */
public class OmegaTGlossaries {
    public static void main(String[] args) throws Exception {
        final ProjectProperties properties = new ProjectProperties(new File(args[0]));
        properties.setSourceLanguage("ZH-CN");
        properties.setTargetLanguage("EN-US");
        Core.setProject(new NotLoadedProject() {
            @Override
            public ProjectProperties getProjectProperties() {
                return properties;
            }

            @Override
            public boolean isProjectLoaded() {
                return true;
            }
        });
        PrintStream out = new PrintStream(System.out, true, "UTF-8");
        for (int i = 1; i < args.length; i++) {
            File file = new File(args[i]);
            for (GlossaryEntry entry : read(file)) {
                out.println(file.getName() + "\t" + entry.getSrcText() + "\t" + entry.getLocText());
            }
        }
    }

    private static List<GlossaryEntry> read(File file) throws Exception {
        if (file.getName().endsWith(".tbx")) {
            return GlossaryReaderTBX.read(file, false);
        }
        if (file.getName().endsWith(".csv")) {
            return GlossaryReaderCSV.read(file, false);
        }
        return GlossaryReaderTSV.read(file, false);
    }
}
