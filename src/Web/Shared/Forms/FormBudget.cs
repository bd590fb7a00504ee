namespace Orkestron.Web.Shared.Forms;

/// <summary>How much of a form there may be, whatever its schema says. Not safe from several threads.</summary>
internal sealed class FormBudget
{
    /// <summary>At most so many fields: what is beyond is typed as JSON.</summary>
    public const int MaxFields = 500;

    // Labels, help, defaults and choices together, in characters.
    private const int MaxCharacters = 200_000;

    private int _fields = MaxFields;
    private int _characters = MaxCharacters;

    /// <summary>Takes some fields, if there are so many left.</summary>
    public bool Take(int fields)
    {
        if (fields > _fields)
        {
            return false;
        }

        _fields -= fields;
        return true;
    }

    /// <summary>A text, shortened to what is left and to its own limit; null when nothing is left.</summary>
    public string? Text(string? text, int most)
    {
        if (text is null || _characters <= 0)
        {
            return null;
        }

        var shown = text.Length <= most ? text : text[..most] + "…";
        _characters -= shown.Length;
        return shown;
    }

    /// <summary>Whether a text may be shown whole; it is counted then.</summary>
    public bool Whole(int characters)
    {
        if (characters > _characters)
        {
            return false;
        }

        _characters -= characters;
        return true;
    }
}
