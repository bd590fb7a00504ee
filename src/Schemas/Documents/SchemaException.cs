namespace Orkestron.Schemas.Documents;

/// <summary>What stands in a schema is none, or none that is applied here. The message is a sentence that says what to do.</summary>
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
