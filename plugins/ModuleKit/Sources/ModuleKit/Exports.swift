// Genesis documents, configurations and queries are JSON values.
@_exported public import StrictJSON
// A module's vocabulary is made of generated protobuf types: whoever imports ModuleKit can read and build them.
@_exported public import SwiftProtobuf
