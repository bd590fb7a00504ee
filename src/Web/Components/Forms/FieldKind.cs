namespace Orkestron.Web.Components.Forms;

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
}
