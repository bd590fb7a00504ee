namespace Orkestron.Web.Shared.Forms;

/// <summary>How a field is shown and read.</summary>
public enum FieldKind
{
    Text,
    LongText,
    Number,
    Integer,
    Boolean,
    Choice,
    List,
    Group,

    /// <summary>A file: uploaded, then named by its reference.</summary>
    File,

    /// <summary>Anything the form has no control for: typed as JSON.</summary>
    Json,

    /// <summary>A day.</summary>
    Date,

    /// <summary>A day and a time, or a time, with its zone.</summary>
    Zoned,

    /// <summary>The one value that there may be: nothing to fill in.</summary>
    Constant,

    /// <summary>Names and values, as many as wanted.</summary>
    Map,

    /// <summary>Members that the form has no control for: an object typed as JSON, put beside the others.</summary>
    Rest,

    /// <summary>One of several forms, chosen first.</summary>
    Variant,

    /// <summary>Left out, and opened by a button: what would go on without end, or lies deep.</summary>
    Closed,
}
