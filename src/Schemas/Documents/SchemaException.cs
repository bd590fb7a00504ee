namespace Orkestron.Schemas.Documents;

/// <summary>The schema is invalid, or uses what is not supported here. The message says what to do.</summary>
public sealed class SchemaException : Exception
{
    public SchemaException()
    {
    }

    public SchemaException(string message)
        : base(message)
    {
    }

    public SchemaException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
