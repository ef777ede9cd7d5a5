// The JSON of the engine's RPC is read and printed through these values.
@_exported public import StrictJSON
