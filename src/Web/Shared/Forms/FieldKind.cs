namespace Orkestron.Web.Shared.Forms;

/// <summary>How a field is rendered and read.</summary>
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

    /// <summary>A value without a control of its own, entered as JSON.</summary>
    Json,

    /// <summary>A day.</summary>
    Date,

    /// <summary>A date and time, or a time, with a time zone.</summary>
    Zoned,

    /// <summary>A constant: nothing to fill in.</summary>
    Constant,

    /// <summary>Any number of names and values.</summary>
    Map,

    /// <summary>Members without controls, entered as a JSON object and merged with the others.</summary>
    Rest,

    /// <summary>One of several alternatives, chosen first.</summary>
    Variant,

    /// <summary>Not shown until a button opens it: a recursive or deeply nested field.</summary>
    Closed,
}
