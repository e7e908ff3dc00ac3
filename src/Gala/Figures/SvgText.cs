using System.Security;
using System.Text;
using System.Xml;

namespace Gala.Figures;

/// <summary>Makes any text fit to stand in a picture.</summary>
public static class SvgText
{
    private const char Replacement = '\uFFFD';

    /// <summary>The text with its markup escaped. What XML has no way to say, such as control characters and halves of surrogate pairs, is replaced: one
    /// of them would make the whole picture unreadable.</summary>
    public static string Escape(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        StringBuilder sayable = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            {
                sayable.Append(text[i]).Append(text[++i]);
            }
            else
            {
                sayable.Append(XmlConvert.IsXmlChar(text[i]) ? text[i] : Replacement);
            }
        }

        return SecurityElement.Escape(sayable.ToString());
    }
}
