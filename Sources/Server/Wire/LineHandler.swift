// The framer at its place in the channel's pipeline.

import NIOCore

/// Turns the bytes of a channel into frames.
final class LineHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = Frame

  private var framer: LineFramer

  init(maxLine: Int) { framer = LineFramer(maxLine: maxLine) }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let buffer = unwrapInboundIn(data)
    buffer.withUnsafeReadableBytes { bytes in
      framer.feed(bytes) { context.fireChannelRead(wrapInboundOut($0)) }
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if let event = event as? ChannelEvent, event == .inputClosed {
      framer.finish { context.fireChannelRead(wrapInboundOut($0)) }
      context.fireChannelReadComplete()
    }
    context.fireUserInboundEventTriggered(event)
  }
}
