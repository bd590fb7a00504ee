namespace Orkestron.Web.Shared.Forms;

/// <summary>Limits the size of a form, whatever its schema. Not thread-safe.</summary>
internal sealed class FormBudget
{
    /// <summary>The most fields. Further ones are entered as JSON.</summary>
    public const int MaxFields = 500;

    // The characters of labels, help texts, defaults and choices in total.
    private const int MaxCharacters = 200_000;

    private int _fields = MaxFields;
    private int _characters = MaxCharacters;

    /// <summary>Takes a number of fields from the budget; false when there are not enough left.</summary>
    public bool Take(int fields)
    {
        if (fields > _fields)
        {
            return false;
        }

        _fields -= fields;
        return true;
    }

    /// <summary>A text, shortened to its limit; null when the budget is used up.</summary>
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

    /// <summary>Takes the characters of a text from the budget; false when there are not enough left.</summary>
    public bool TakeCharacters(int characters)
    {
        if (characters > _characters)
        {
            return false;
        }

        _characters -= characters;
        return true;
    }
}
